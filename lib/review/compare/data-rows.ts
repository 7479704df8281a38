import { canonical } from '../../terraform-json/json';
import { programOf } from '../knowledge/programs';
import { maskValue } from '../mask/mask-value';
import { labelOf } from '../names/label';
import type { Resource } from '../read/program';
import type { Comparison } from './compare';
import type { Row } from './row';

/** The data sources that are added or removed. Every plan reads all of them, whether anything refers to them or not. */
export function dataRows(comparisons: readonly Comparison[]): Row[] {
  const isData = (side: Resource | undefined): side is Resource => side?.mode === 'data';
  const gone = comparisons.flatMap(({ base, head }) => (isData(base) && head === undefined ? [base] : []));
  const fresh = comparisons.flatMap(({ base, head }) => (isData(head) && base === undefined ? [head] : []));
  // a renamed data source reads the same.
  const [olds, news] = [gone, fresh].map((side) => new Set(side.map(queryOf)));
  return [
    ...gone.filter((one) => news?.has(queryOf(one)) !== true).map((one) => dataRow(one, 'is gone')),
    ...fresh.filter((one) => olds?.has(queryOf(one)) !== true).map((one) => dataRow(one, 'is new')),
  ];
}

function dataRow(source: Resource, verb: 'is new' | 'is gone'): Row {
  const { type, address, attributes } = source;
  const isNew = verb === 'is new';
  const runs = isNew ? programOf(source) : undefined;
  return {
    kind: 'data',
    what: labelOf(source),
    address,
    [isNew ? 'after' : 'before']: maskValue(type, [], attributes),
    note: runs ?? (isNew ? 'is new: it is read with every plan' : 'is no longer read'),
    ...(runs !== undefined && { concern: 'program' as const }),
  };
}

function queryOf({ type, provider, attributes, meta }: Resource): string {
  return canonical([type, provider, attributes, meta]);
}
