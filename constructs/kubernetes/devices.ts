import { isKnown, isText } from '../core/values/known';
import { isQuantity, quantityValue } from './quantity';

/** The names that the device plugins of the two makers of graphics processors give them in Kubernetes. */
export const NVIDIA_GPU = 'nvidia.com/gpu';
export const AMD_GPU = 'amd.com/gpu';

/** What is counted beside devices: the processors of a node. */
export const CPU = 'cpu';

/** The resources of devices whose nodes the program can tell from others. */
const KNOWN = [NVIDIA_GPU, AMD_GPU, CPU];

/** What every node of AKS has of processors: pods that need no more are not compared with nodes. */
const CPUS_OF_ANY_NODE = 2;

/** Numbers of devices, such as graphics processors, and of processors, by the names of their resources. */
export interface Devices {
  readonly [resource: string]: number;
}

/** Of the devices that pods ask for, those of which it is known which nodes have them. */
export function knownDevices(devices: Devices): [string, number][] {
  return Object.entries(devices).filter(([resource, count]) => KNOWN.includes(resource) && isKnown(count));
}

/** The processors that a container requests, as a quantity; none where that is not known. */
export function cpusOf(request: string | undefined): Devices {
  return isText(request) && isQuantity(request)
    ? { [CPU]: Number(quantityValue(request) / quantityValue('1m')) / 1000 }
    : {};
}

/**
 * What a pod needs: the devices of all containers that run at a time, or more where one that starts before them needs more.
 *
 * @param starting Those of the containers that run one after the other, before the others
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
