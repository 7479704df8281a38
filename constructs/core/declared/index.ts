import type { IConstruct } from 'constructs';
import type { Mistake } from './mistake';
import { requireEngine } from '../engine';
import { isWritten, readStruct } from './read';
import { report } from './report';

/*
 * The one check of types. TypeScript has checked them; `process.env.NAME!`, JSON and JavaScript have not. What the public
 * API is given is compared with its declarations, when it is given. What is wrong is reported once, by the name that its
 * author knows; rules that come after are about values of the right type.
 */

export { checkArguments } from './arguments';
export { mustBeGiven, rememberAsked } from './asked-rules';
export { remedyFor } from './remedies';
export { isStandIn } from './stand-in';

/**
 * The properties of a construct, as they are declared. What is wrong with them is a problem of the construct.
 *
 * @param type The name of the interface of the properties
 */
export function declared<T>(scope: IConstruct, type: string, props: T): T {
  requireEngine(scope);
  const mistakes: Mistake[] = [];
  const read = readStruct(type, isWritten(props) ? props : {}, '', mistakes);
  report(scope, mistakes);
  return read as T;
}
