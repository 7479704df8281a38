/** Options for containers that listen. */
export interface PortOptions {
  /**
   * The port on which the container listens, 1 to 65535.
   *
   * @alias port, targetPort
   */
  readonly containerPort: number;
  /**
   * The name of the container's port: 1 to 15 lower-case letters, digits and "-".
   *
   * @default - the port has no name; "main" if there are additional ports
   */
  readonly portName?: string;
  /**
   * Further ports on which the container listens, by their names, for probes and for clients that call individual pods.
   * The Service has those in `servicePorts`.
   *
   * @default - none
   * @alias ports
   */
  readonly additionalPorts?: { readonly [name: string]: number };
}
