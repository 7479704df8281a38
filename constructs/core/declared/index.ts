import type { IConstruct } from 'constructs';
import type { Mistake } from './mistake';
import { requireEngine } from '../engine';
import { isWritten, readStruct } from './read';
import { report } from './report';

/*
 * The check of types. TypeScript checks them, but not those of `process.env.NAME!`, JSON and JavaScript. Arguments of
 * the public API are compared with its declarations when they are given. Each mistake is reported once, under the name
 * that its author knows, and rules that follow can rely on the right types.
 */

export { checkArguments } from './arguments';
export { mustBeGiven, rememberAsked } from './asked-rules';
export { remedyFor } from './remedies';
export { isStandIn } from './stand-in';

/**
 * The properties of a construct as they are declared. Mistakes in them are problems of the construct.
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
