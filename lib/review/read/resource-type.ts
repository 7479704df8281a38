/** A type of the Kubernetes provider without its version; other types as they are. */
export function unversioned(type: string): string {
  return type.startsWith('kubernetes_') ? type.replace(/_v\d\w*$/, '') : type;
}
