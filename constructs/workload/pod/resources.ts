import { checkArguments } from '../../core/declared';
import { deviceProblems, type DeviceResources, renderDevices } from './device-resources';
import * as podRules from './pod-rules';
import { numberText } from '../../core/values/number-text';
import { isAbove } from '../../kubernetes/quantity';
import { check } from '../../core/rules/rule';
import { show } from '../../core/values/shown';
import { isKnown } from '../../core/values/known';
import { type Violation, when } from '../../core/problems/violation';

/**
 * An amount of CPU.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   resources: { cpuRequest: Cpu.millis(250), cpuLimit: Cpu.cores(1) },
 * });
 */
export class Cpu {
  /** Millicores: 250 is a quarter of a core. */
  public static millis(millis: number): Cpu {
    return new Cpu(`${numberText(millis)}m`);
  }

  /** Whole cores. */
  public static cores(cores: number): Cpu {
    return new Cpu(numberText(cores));
  }

  /** A Kubernetes quantity, such as "250m". */
  public static of(quantity: string): Cpu {
    return new Cpu(quantity);
  }

  private constructor(
    /** The amount in the notation of Kubernetes. */
    public readonly quantity: string,
  ) {}
}

checkArguments(Cpu);

/**
 * An amount of memory.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   resources: { memoryRequest: Memory.mebibytes(128), memoryLimit: Memory.gibibytes(1) },
 * });
 */
export class Memory {
  /** Mebibytes, of 1024 * 1024 bytes. */
  public static mebibytes(mebibytes: number): Memory {
    return new Memory(`${numberText(mebibytes)}Mi`);
  }

  /** Gibibytes, of 1024 mebibytes. */
  public static gibibytes(gibibytes: number): Memory {
    return new Memory(`${numberText(gibibytes)}Gi`);
  }

  /** A Kubernetes quantity, such as "128Mi". */
  public static of(quantity: string): Memory {
    return new Memory(quantity);
  }

  private constructor(
    /** The amount in the notation of Kubernetes. */
    public readonly quantity: string,
  ) {}
}

checkArguments(Memory);

/**
 * The CPU and memory that a container requests, its limits, and its devices. A request must not be greater than its
 * limit.
 */
export interface ContainerResources extends DeviceResources {
  /**
   * The CPU that a node must have available for the container, such as `Cpu.millis(250)`.
   *
   * @default - none
   */
  readonly cpuRequest?: Cpu;
  /**
   * The CPU above which the container is throttled, such as `Cpu.cores(1)`.
   *
   * @default - no limit
   */
  readonly cpuLimit?: Cpu;
  /**
   * The memory that a node must have available for the container, such as `Memory.mebibytes(128)`.
   *
   * @default - none
   */
  readonly memoryRequest?: Memory;
  /**
   * The memory above which the container is killed and restarted, such as `Memory.gibibytes(1)`.
   *
   * @default - no limit
   */
  readonly memoryLimit?: Memory;
}

/** The resources in a manifest. Both maps are always given, since the provider does not detect the removal of one. */
export function renderResources(resources: ContainerResources): {
  requests: { [resource: string]: string };
  limits: { [resource: string]: string };
} {
  const devices = renderDevices(resources);
  return {
    requests: { ...amounts(resources.cpuRequest, resources.memoryRequest), ...devices },
    limits: { ...amounts(resources.cpuLimit, resources.memoryLimit), ...devices },
  };
}

export function resourcesProblems(property: string, resources: ContainerResources): Violation[] {
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = resources;
  const badMemory = [
    ...check(podRules.memoryQuantity, `${property}.memoryRequest`, memoryRequest?.quantity),
    ...check(podRules.memoryQuantity, `${property}.memoryLimit`, memoryLimit?.quantity),
  ];
  const badCpu = [
    ...check(podRules.quantity, `${property}.cpuRequest`, cpuRequest?.quantity),
    ...check(podRules.quantity, `${property}.cpuLimit`, cpuLimit?.quantity),
  ];
  return [
    ...badCpu,
    ...(badCpu.length > 0 ? [] : orderProblems(property, 'cpu', cpuRequest?.quantity, cpuLimit?.quantity)),
    ...badMemory,
    ...(badMemory.length > 0 ? [] : memoryProblems(property, resources)),
    ...deviceProblems(property, resources),
  ];
}

function memoryProblems(property: string, { memoryRequest, memoryLimit }: ContainerResources): Violation[] {
  return [
    ...check(podRules.memoryLimit, `${property}.memoryLimit`, memoryLimit?.quantity),
    ...orderProblems(property, 'memory', memoryRequest?.quantity, memoryLimit?.quantity),
  ];
}

/** The CPU below which a container takes seconds for what usually takes a moment, including probes. */
const LITTLE_CPU = '50m';

export function resourcesWarnings(property: string, resources: ContainerResources): Violation[] {
  return [
    ...cpuWarnings(property, resources.cpuLimit?.quantity),
    ...memoryWarnings(`${property}.memoryRequest`, resources.memoryRequest?.quantity),
    ...memoryWarnings(`${property}.memoryLimit`, resources.memoryLimit?.quantity),
  ];
}

/** The warning for fractions of bytes: "m" is a unit of CPU, and "Mi" is usually intended. */
function memoryWarnings(property: string, quantity: string | undefined): Violation[] {
  return when(
    isKnown(quantity) && podRules.memoryQuantity.holds(quantity) && /[mun]$/.test(quantity),
    'memory-in-bytes',
    () => `'${property}' is ${show(quantity)}, which is a fraction of a byte: write it in bytes, or with "Mi" or "Gi"`,
  );
}

function cpuWarnings(property: string, limit: string | undefined): Violation[] {
  return when(
    isKnown(limit) && podRules.quantity.holds(limit) && isAbove(LITTLE_CPU, limit),
    'cpu-limit-low',
    () =>
      `'${property}.cpuLimit' is ${show(limit)}: with less than 50m, most containers are too slow to start or to respond to probes. Raise it, or leave it out`,
  );
}

function amounts(cpu: Cpu | undefined, memory: Memory | undefined): { [resource: string]: string } {
  return {
    ...(cpu === undefined ? {} : { cpu: cpu.quantity }),
    ...(memory === undefined ? {} : { memory: memory.quantity }),
  };
}

function orderProblems(
  property: string,
  resource: string,
  request: string | undefined,
  limit: string | undefined,
): Violation[] {
  return when(
    isKnown(request) && isKnown(limit) && isAbove(request, limit),
    'request-within-limit',
    () =>
      `'${property}.${resource}Request' must not be greater than '${property}.${resource}Limit' (${show(limit)}), ` +
      `got ${show(request)}`,
  );
}
