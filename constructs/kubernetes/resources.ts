import { quantity } from '../private/kubernetes-rules';
import { numberText } from '../private/number-text';
import { isAbove } from '../private/quantity';
import { check, isKnown, show } from '../private/rule';

/** An amount of CPU. */
export class Cpu {
  /** Thousandths of a core: 250 is a quarter of one. */
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
    /** The amount as Kubernetes writes it. */
    public readonly quantity: string,
  ) {}
}

/** An amount of memory. */
export class Memory {
  /** Units of 1024 * 1024 bytes. */
  public static mebibytes(mebibytes: number): Memory {
    return new Memory(`${numberText(mebibytes)}Mi`);
  }

  /** Units of 1024 mebibytes. */
  public static gibibytes(gibibytes: number): Memory {
    return new Memory(`${numberText(gibibytes)}Gi`);
  }

  /** A Kubernetes quantity, such as "128Mi". */
  public static of(quantity: string): Memory {
    return new Memory(quantity);
  }

  private constructor(
    /** The amount as Kubernetes writes it. */
    public readonly quantity: string,
  ) {}
}

/** What a container is given and what it may use. A request may not be above its limit. */
export interface ContainerResources {
  /**
   * The CPU that a node must have free to take the container.
   *
   * @default - none
   */
  readonly cpuRequest?: Cpu;
  /**
   * The CPU above which the container is slowed down.
   *
   * @default - no limit
   */
  readonly cpuLimit?: Cpu;
  /**
   * The memory that a node must have free to take the container.
   *
   * @default - none
   */
  readonly memoryRequest?: Memory;
  /**
   * The memory above which the container is stopped and started again.
   *
   * @default - no limit
   */
  readonly memoryLimit?: Memory;
}

/** What a manifest says of the resources: always both maps, since the provider does not see that one was taken away. */
export function renderResources(resources: ContainerResources): {
  requests: { [resource: string]: string };
  limits: { [resource: string]: string };
} {
  return {
    requests: amounts(resources.cpuRequest, resources.memoryRequest),
    limits: amounts(resources.cpuLimit, resources.memoryLimit),
  };
}

export function resourcesProblems(property: string, resources: ContainerResources): string[] {
  return [
    ...pairProblems(property, 'cpuRequest', resources.cpuRequest?.quantity, 'cpuLimit', resources.cpuLimit?.quantity),
    ...pairProblems(
      property,
      'memoryRequest',
      resources.memoryRequest?.quantity,
      'memoryLimit',
      resources.memoryLimit?.quantity,
    ),
  ];
}

function amounts(cpu: Cpu | undefined, memory: Memory | undefined): { [resource: string]: string } {
  return {
    ...(cpu === undefined ? {} : { cpu: cpu.quantity }),
    ...(memory === undefined ? {} : { memory: memory.quantity }),
  };
}

function pairProblems(
  property: string,
  requestName: string,
  request: string | undefined,
  limitName: string,
  limit: string | undefined,
): string[] {
  const problems = [
    ...check(quantity, `${property}.${requestName}`, request),
    ...check(quantity, `${property}.${limitName}`, limit),
  ];
  if (problems.length === 0 && isKnown(request) && isKnown(limit) && isAbove(request, limit)) {
    return [
      `'${property}.${requestName}' must not be above '${property}.${limitName}' (${show(limit)}), got ${show(request)}`,
    ];
  }
  return problems;
}
