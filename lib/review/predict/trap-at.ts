import type { Trap } from '../model';
import { labelOf } from '../names/label';
import type { Resource } from '../read/program';

/** What fails, why, and what to do about it. */
type Failure = Pick<Trap, 'attribute' | 'text' | 'remedies' | 'source'>;

/** A trap at an attribute of a resource. */
export function trapAt(resource: Resource, { attribute, text, remedies, source }: Failure): Trap {
  const { stack, address, location } = resource;
  return { stack, address, name: labelOf(resource), attribute, text, location, remedies, source };
}

/** A trap at the configuration of a provider. */
export function trapAtProvider(stack: string, key: string, failure: Omit<Failure, 'attribute'>): Trap {
  return { stack, address: `provider.${key}`, name: `provider ${key}`, attribute: 'configuration', ...failure };
}
