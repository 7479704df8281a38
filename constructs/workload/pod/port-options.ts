/** Options for containers that listen. */
export interface PortOptions {
  /** The port that the container listens on, 1 to 65535. */
  readonly containerPort: number;
  /**
   * The name of the container's port: 1 to 15 lower-case letters, digits and "-".
   *
   * @default - the port has no name; "main" if there are additional ports
   */
  readonly portName?: string;
  /**
   * Further ports that the container listens on, by their names, for probes and for clients that call individual pods.
   * The Service has those that `servicePorts` names.
   *
   * @default - none
   */
  readonly additionalPorts?: { readonly [name: string]: number };
}
