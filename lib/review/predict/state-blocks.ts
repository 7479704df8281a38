/** A block that keeps what is deployed at one address under another one. */
export function movedBlock(from: string, to: string): string {
  return `"moved": [{ "from": ${quoted(from)}, "to": ${quoted(to)} }]`;
}

/** A block that manages what is deployed; only its service knows the id. */
export function importBlock(to: string): string {
  return `"import": [{ "to": ${quoted(to)}, "id": "…" }]`;
}

/** A block that takes a resource out of the state and leaves it deployed; Terraform accepts none for a single instance. */
export function removedBlock(from: string): string {
  return `"removed": [{ "from": ${quoted(from)}, "lifecycle": { "destroy": false } }]`;
}

/** An address in JSON: the keys of instances have quotation marks. */
function quoted(address: string): string {
  return JSON.stringify(address);
}
