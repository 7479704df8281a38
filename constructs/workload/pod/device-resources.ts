import { Token } from 'cdktf';
import { type Violation, when } from '../../core/problems/violation';
import { check, integerRule, type Rule } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { numberText } from '../../core/values/number-text';
import { type Devices, NVIDIA_GPU } from '../../kubernetes/devices';

const DEVICES = 'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/';

/** The exclusive devices of a container, such as GPUs: the number is both the request and the limit. */
export interface DeviceResources {
  /**
   * The number of NVIDIA GPUs, 1 or more: "nvidia.com/gpu". They need nodes of the N series with the device plugin of
   * NVIDIA.
   *
   * @see https://learn.microsoft.com/azure/aks/use-nvidia-gpu
   *
   * @default - none
   */
  readonly gpus?: number;
  /**
   * The resources of other device plugins by their names, each 1 or more, such as `{ 'amd.com/gpu': 1 }`.
   *
   * @default - none
   */
  readonly extendedResources?: { readonly [name: string]: number };
}

export const deviceCount = integerRule('device-count', 1, 2 ** 31 - 1, DEVICES);

/** The longest domain of a resource, since quotas add "requests." before it. */
const MAX_DOMAIN = 253 - 'requests.'.length;

export const extendedResource: Rule<string> = {
  id: 'extended-resource',
  must: "must be the name of a resource of a device plugin: the domain of its maker, not one of Kubernetes, '/' and a name",
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/v1/helper/helpers.go',
  example: 'nvidia.com/mig-1g.10gb',
  holds: (value) => {
    const [domain = '', name = '', ...others] = value.split('/');
    return (
      others.length === 0 &&
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(domain) &&
      domain.length <= MAX_DOMAIN &&
      !domain.endsWith('kubernetes.io') &&
      !domain.startsWith('requests.') &&
      /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name)
    );
  },
};

/** The devices of a container, as far as they are known. */
export function devicesOf({ gpus, extendedResources }: DeviceResources = {}): Devices {
  return {
    ...(gpus === undefined ? {} : { [NVIDIA_GPU]: gpus }),
    ...(Token.isUnresolved(extendedResources) ? {} : extendedResources),
  };
}

/** The devices of a container in a manifest, where request and limit are equal, since devices are not shared. */
export function renderDevices(resources: DeviceResources): { [resource: string]: string } {
  return Object.fromEntries(Object.entries(devicesOf(resources)).map(([name, count]) => [name, numberText(count)]));
}

export function deviceProblems(property: string, { gpus, extendedResources }: DeviceResources): Violation[] {
  const named = isKnown(extendedResources) ? Object.entries(extendedResources) : [];
  return [
    ...check(deviceCount, `${property}.gpus`, gpus),
    ...named.flatMap(([name, count]) => [
      ...check(extendedResource, `${property}.extendedResources`, name),
      ...check(deviceCount, `${property}.extendedResources["${name}"]`, count),
    ]),
    ...when(
      gpus !== undefined && named.some(([name]) => name === NVIDIA_GPU),
      'gpus-given-once',
      () =>
        `'${property}.gpus' must not be given with 'extendedResources["${NVIDIA_GPU}"]', which are the same: remove one of them`,
    ),
  ];
}
