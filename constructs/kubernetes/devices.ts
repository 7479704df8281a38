import { isKnown, isText } from '../core/values/known';
import { isQuantity, quantityValue } from './quantity';

/** The names that the device plugins of the two GPU vendors give GPUs in Kubernetes. */
export const NVIDIA_GPU = 'nvidia.com/gpu';
export const AMD_GPU = 'amd.com/gpu';

/** The CPUs of a node, which are counted like devices. */
export const CPU = 'cpu';

/** The resources for which the program knows which nodes have them. */
const KNOWN = [NVIDIA_GPU, AMD_GPU, CPU];

/** The CPUs that every AKS node has: pods that need no more are not compared with nodes. */
const CPUS_OF_ANY_NODE = 2;

/** Numbers of devices, such as GPUs, and of CPUs, by the names of their resources. */
export interface Devices {
  readonly [resource: string]: number;
}

/** The requested devices for which it is known which nodes have them. */
export function knownDevices(devices: Devices): [string, number][] {
  return Object.entries(devices).filter(([resource, count]) => KNOWN.includes(resource) && isKnown(count));
}

/** The CPUs that a container requests as a quantity; none if that is not known. */
export function cpusOf(request: string | undefined): Devices {
  return isText(request) && isQuantity(request)
    ? { [CPU]: Number(quantityValue(request) / quantityValue('1m')) / 1000 }
    : {};
}

/**
 * The devices that a pod needs: those of all containers that run at the same time, or those of a container that runs
 * before them if it needs more.
 *
 * @param starting The devices of containers that run one after the other, before the others
 */
export function devicesOfPod(running: readonly Devices[], starting: readonly Devices[]): Devices {
  const names = [...new Set([...running, ...starting].flatMap((one) => Object.keys(one)))];
  const counts = (all: readonly Devices[], name: string): number[] => all.map((one) => one[name] ?? 0);
  const needs = names.map((name): [string, number] => [
    name,
    Math.max(
      counts(running, name).reduce((sum, one) => sum + one, 0),
      ...counts(starting, name),
    ),
  ]);
  return Object.fromEntries(needs.filter(([name, count]) => name !== CPU || count > CPUS_OF_ANY_NODE));
}
