import type { EntryPoint } from '../../../../lib/review/exposure/entry-point';
import type { Resource } from '../../../../lib/review/read/program';
import type { JsonObject } from '../../../../lib/terraform-json/json';

/** A resource as the readers of entry points get it. */
export function resourceOf(type: string, attributes: JsonObject): Resource {
  const [provider = ''] = type.split('_');
  return { stack: 'stack', mode: 'resource', address: `${type}.it`, type, provider, attributes, meta: {} };
}

/** What each entry point tells, in one line. */
export function told(found: readonly EntryPoint[]): string[] {
  return found.map(
    ({ what, reach, text, isDenial, isUsual }) =>
      `${what}: ${reach ?? (isDenial ? 'denied' : 'undecided')}, ${text}${isUsual ? ' (usual)' : ''}`,
  );
}
