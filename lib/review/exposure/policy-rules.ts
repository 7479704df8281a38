import { groupBy } from '../../terraform-json/group';
import { blocks, canonical, isScalar, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { extentOfRanges } from './internet';
import { portsIn } from './limits';
import { areWithin, merged, rangeOf, without, type Range } from '../knowledge/ranges';
import { covers } from './source';

/** A peer that a policy allows traffic from or to, and the ports. */
export interface Rule {
  readonly peer: string;
  /** Whether the peer is everyone. */
  readonly isOpen: boolean;
  /** The addresses of the peer, if it is a range. */
  readonly ranges?: readonly Range[];
  /** The selector of the pods of the peer, if it consists of pods. */
  readonly pods?: JsonObject;
  /** The selector of their namespaces; absent for the namespace of the policy. */
  readonly namespaces?: JsonObject;
  /** Empty for every port. */
  readonly ports: readonly string[];
}

/** The rules of a policy, one for each peer. */
export function rulesIn(rule: JsonObject, ends: string): Rule[] {
  const peers = blocks(rule[ends]);
  const ports = blocks(rule['ports']).map((one) => {
    const [port, end, protocol] = ['port', 'end_port', 'protocol'].map((name) => textAt(one, name));
    return `${port ?? 'any'}${end === undefined ? '' : `-${end}`}/${protocol ?? 'TCP'}`;
  });
  return peers.length === 0
    ? [{ peer: 'everyone', isOpen: true, ports }]
    : peers.map((peer) => ({ ...peerOf(peer), ports }));
}

function peerOf(peer: JsonObject): Omit<Rule, 'ports'> {
  const cidr = textAt(peer, 'ip_block.cidr');
  if (cidr !== undefined) {
    const except = listAt(peer, 'ip_block.except');
    const text = except.length > 0 ? `${cidr} except ${except.join(', ')}` : cidr;
    const [range, ...holes] = [cidr, ...except].map(rangeOf);
    const ranges =
      range &&
      without(
        [range],
        holes.flatMap((hole) => hole ?? []),
      );
    return { peer: text, isOpen: isEverything(ranges ?? []), ...(ranges && { ranges }) };
  }
  const [pods, namespaces] = ['pod_selector', 'namespace_selector'].map((name) =>
    peer[name] === undefined ? undefined : (blocks(peer[name])[0] ?? {}),
  );
  const where = namespaces === undefined ? '' : ` of ${selectorText(namespaces) || 'all'} namespaces`;
  const which = selectorText(pods ?? {});
  return {
    peer: `${which === '' ? 'all pods' : `pods ${which}`}${where}`,
    isOpen: false,
    pods: pods ?? {},
    ...(namespaces && { namespaces }),
  };
}

/** Whether ranges include all addresses of an IP version. */
function isEverything(ranges: readonly Range[]): boolean {
  return ['0.0.0.0/0', '::/0'].some((all) =>
    areWithin(
      [rangeOf(all)].flatMap((range) => range ?? []),
      ranges,
    ),
  );
}

/** Rules in which ranges with the same ports are one peer, if they are together a large part of the internet. */
export function together(rules: readonly Rule[]): Rule[] {
  const byPorts = groupBy(
    rules.filter(({ ranges }) => ranges !== undefined),
    ({ ports }) => ports.join(' '),
  );
  const joined = [...byPorts.values()].flatMap((same) => {
    const ranges = merged(same.flatMap((rule) => rule.ranges ?? []));
    const extent = extentOfRanges(ranges, same.map(({ peer }) => peer).join(', '));
    return extent === undefined
      ? same
      : [{ peer: extent.text, isOpen: isEverything(ranges), ranges, ports: same[0]?.ports ?? [] }];
  });
  return [...rules.filter(({ ranges }) => ranges === undefined), ...joined];
}

function selectorText(selector: JsonObject): string {
  const labels = blocks(selector['match_labels']).flatMap((one) => Object.entries(one));
  const more = selector['match_expressions'] === undefined ? [] : [JSON.stringify(selector['match_expressions'])];
  return [...labels.map(([key, value]) => `${key}=${isScalar(value) ? String(value) : ''}`), ...more].join(', ');
}

/** Whether a rule allows everything that another one does. */
export function coversRule(wide: Rule, narrow: Rule): boolean {
  const isPeer =
    wide.isOpen ||
    wide.peer === narrow.peer ||
    (wide.ranges !== undefined && narrow.ranges !== undefined && areWithin(narrow.ranges, wide.ranges)) ||
    coversPods(wide, narrow);
  return (
    isPeer &&
    (wide.ports.length === 0 ||
      (narrow.ports.length > 0 && narrow.ports.every((port) => wide.ports.some((other) => coversPort(other, port)))))
  );
}

/** Whether all pods of a peer belong to another one. */
function coversPods(wide: Rule, narrow: Rule): boolean {
  const isNear = wide.namespaces === undefined && narrow.namespaces === undefined;
  const isEverywhere = wide.namespaces !== undefined && selectorText(wide.namespaces) === '';
  return (
    coversSelector(wide.pods, narrow.pods) &&
    (isNear || isEverywhere || coversSelector(wide.namespaces, narrow.namespaces))
  );
}

/** Whether a selector selects everything that another one does. */
function coversSelector(wide: JsonObject | undefined, narrow: JsonObject | undefined): boolean {
  if (wide === undefined || narrow === undefined) {
    return false;
  }
  const [all, some] = [wide, narrow].map((selector) => canonical(selector['match_expressions'] ?? []));
  const isSame = all === '[]' || all === some;
  return isSame && isWithin(blocks(wide['match_labels'])[0] ?? {}, blocks(narrow['match_labels'])[0] ?? {});
}

/** Whether a port or a range of ports includes another one. */
function coversPort(wide: string, narrow: string): boolean {
  const [protocol, other] = [wide, narrow].map((port) => port.slice(port.indexOf('/')));
  const [all, some] = portsIn([wide, narrow].map((port) => port.slice(0, port.indexOf('/'))));
  return protocol === other && all !== undefined && some !== undefined && covers(all, some);
}

/** Whether every pod with some labels also has others. */
export function isWithin(others: JsonObject, labels: JsonObject): boolean {
  return Object.entries(others).every(
    ([key, value]) => Object.hasOwn(labels, key) && String(labels[key]) === String(value),
  );
}
