import { Token } from 'cdktf';
import { isKnown, isText } from '../core/values/known';
import { type Devices, knownDevices } from './devices';
import { keepsOff, readTaint, type Taint } from './taint';

/** The requirements of pods on nodes, from their template. */
export interface Demands {
  /** The labels that a node must have. */
  readonly labels: { readonly [key: string]: string };
  /** Labels for which a node must have one of several values. */
  readonly oneOf: readonly { readonly label: string; readonly values: readonly string[] }[];
  /** The taints that the pods tolerate; undefined if only Terraform knows them. */
  readonly tolerations: readonly Toleration[] | undefined;
  /** The architectures that the images are built for, as far as they are known. */
  readonly architectures: readonly string[];
  /** The devices that a pod needs, as far as the program knows them. */
  readonly devices: Devices;
}

/** A taint that pods tolerate. An omitted property matches all keys, values or effects. */
export interface Toleration {
  readonly key?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** The nodes of a pool, as far as the program knows them. */
export interface PoolNodes {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly taints: readonly string[];
  readonly architecture: string | undefined;
  /** The devices of each node; undefined if they are not known. */
  readonly devices: Devices | undefined;
  /** Whether Ultra disks can be attached to them. */
  readonly hasUltraDisks?: boolean;
}

/** Whether the nodes of a pool have, or may have, the labels. */
export function hasLabels(pool: PoolNodes, { labels, oneOf }: Pick<Demands, 'labels' | 'oneOf'>): boolean {
  const all = Token.isUnresolved(labels) ? [] : Object.entries(labels);
  return (
    all.every(([key, value]) => mayHave(pool, key, [value])) &&
    oneOf.every((one) => mayHave(pool, one.label, one.values))
  );
}

/** The taints of a pool that the pods do not tolerate. */
export function untolerated(pool: PoolNodes, { tolerations }: Pick<Demands, 'tolerations'>): readonly string[] {
  return tolerations === undefined
    ? []
    : pool.taints.filter(
        (text) => isText(text) && !tolerations.some((toleration) => isTolerated(readTaint(text), toleration)),
      );
}

/** Whether the architecture of a pool is that of the images, as far as both are known. */
export function runsImages({ architecture }: PoolNodes, { architectures }: Pick<Demands, 'architectures'>): boolean {
  return architecture === undefined || architectures.every((one) => one === architecture);
}

/** The devices of which the pods need more than a node of a pool has, with the number that it has. */
export function missingDevices(pool: PoolNodes, { devices }: Pick<Demands, 'devices'>): Devices {
  const { devices: own } = pool;
  const missing = knownDevices(devices).filter(([name, count]) => own !== undefined && count > (own[name] ?? 0));
  return Object.fromEntries(missing.map(([name]) => [name, own?.[name] ?? 0]));
}

function isTolerated(taint: Taint, { key, value, effect }: Toleration): boolean {
  return (
    !keepsOff(taint.effect) ||
    ([key, value, effect].every((one) => one === undefined || isKnown(one))
      ? (key === undefined || key === taint.key) &&
        (value === undefined || value === (taint.value ?? '')) &&
        (effect === undefined || effect === taint.effect.valueOf())
      : true)
  );
}

/** Labels that Kubernetes and Azure give nodes. Those that a pool does not list may have any value. */
const RESERVED = /^([^/]*\.)?(kubernetes\.io|azure\.com|k8s\.io)\//;

function mayHave({ labels }: PoolNodes, key: string, values: readonly string[]): boolean {
  if (Token.isUnresolved(labels) || Token.isUnresolved(key) || values.some((one) => Token.isUnresolved(one))) {
    return true;
  }
  const own = labels[key];
  return own === undefined ? RESERVED.test(key) : Token.isUnresolved(own) || values.includes(own);
}
