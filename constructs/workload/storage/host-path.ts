/** The kind of a file or directory of a node. A pod waits until it exists. */
export enum HostPathType {
  /** A directory. */
  DIRECTORY = 'Directory',
  /** A directory, which is created if it does not exist, and owned by root. */
  DIRECTORY_OR_CREATE = 'DirectoryOrCreate',
  /** A file. */
  FILE = 'File',
  /** A file, which is created empty if it does not exist, and owned by root. Its directory must exist. */
  FILE_OR_CREATE = 'FileOrCreate',
  /** A Unix socket. */
  SOCKET = 'Socket',
  /** A character device. */
  CHARACTER_DEVICE = 'CharDevice',
  /** A block device. */
  BLOCK_DEVICE = 'BlockDevice',
}

/** Options for `Volume.hostPath`. */
export interface HostPathOptions {
  /**
   * The kind of file that the path must be.
   *
   * @default HostPathType.DIRECTORY
   */
  readonly type?: HostPathType;
}

/** The kinds that a read-only mount does not protect. */
const ENDPOINTS = [HostPathType.SOCKET, HostPathType.CHARACTER_DEVICE, HostPathType.BLOCK_DEVICE];

/** Whether a read-only mount protects the node. */
export function holdsFiles({ type = HostPathType.DIRECTORY }: HostPathOptions): boolean {
  return !ENDPOINTS.includes(type);
}
