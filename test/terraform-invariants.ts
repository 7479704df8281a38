import type { Block, Json } from './util';

/**
 * What must hold for every synthesized stack and what `terraform validate` cannot be asked here, since it needs the
 * providers: one line for each thing that is wrong.
 */
export function brokenInvariants(json: Json): string[] {
  return [
    ...unresolvedReferences(json),
    ...dressedUpAddresses(json),
    ...ambiguousProviders(json),
    ...exposedSecrets(json),
    ...literalSecrets(json),
    ...leftovers(json),
    ...sharedNames(json),
  ];
}

/** A reference to a resource, a data source, a variable, a local value or a module in an expression. */
const REFERENCE = /(?<![\w.-])(?:(data)\.)?(?:(var|local|module)|([a-z][a-z0-9]*_[a-z0-9_]+))\.([A-Za-z_][\w-]*)/g;

function unresolvedReferences(json: Json): string[] {
  return strings(json).flatMap(({ path, value }) =>
    expressions(value).flatMap((expression) =>
      [...withoutQuoted(expression).matchAll(REFERENCE)]
        .filter(([, data, kind, type, name]) => !isDefined(json, data !== undefined, kind, type, name!))
        .map(([reference]) => `${path} refers to ${reference}, which this file does not define`),
    ),
  );
}

function isDefined(
  json: Json,
  isData: boolean,
  kind: string | undefined,
  type: string | undefined,
  name: string,
): boolean {
  const definitions = json as unknown as { [block: string]: { [name: string]: unknown } | undefined };
  switch (kind) {
    case 'var':
      return name in (json.variable ?? {});
    case 'local':
      return name in (definitions.locals ?? {});
    case 'module':
      return name in (definitions.module ?? {});
    default:
      return name in ((isData ? json.data : json.resource)?.[type!] ?? {}) || (isData && isOfCheck(json, type!, name));
  }
}

/** Whether a check has the data source; only the check itself may refer to it. */
function isOfCheck(json: Json, type: string, name: string): boolean {
  const { check = {} } = json as { readonly check?: { readonly [name: string]: Pick<Json, 'data'> } };
  return Object.values(check).some(({ data }) => name in (data?.[type] ?? {}));
}

function dressedUpAddresses(json: Json): string[] {
  const address = /^(data\.)?[a-z0-9_]+\.[\w-]+$/;
  return blocks(json).flatMap(({ path, block }) => {
    const lifecycle = (block.lifecycle ?? {}) as { readonly replace_triggered_by?: readonly string[] };
    const dependencies = (block.depends_on ?? []) as readonly string[];
    const triggers = lifecycle.replace_triggered_by ?? [];
    return [
      ...dependencies
        .filter((one) => !address.test(one))
        .map((one) => `${path}.depends_on holds ${one}, not an address`),
      ...dependencies
        .filter((one) => !knows(json, one))
        .map((one) => `${path}.depends_on holds ${one}, which is not here`),
      ...triggers
        .filter((one) => one.includes('${') || !knows(json, one))
        .map((one) => `${path}.lifecycle.replace_triggered_by holds ${one}, not an address of this file`),
    ];
  });
}

function knows(json: Json, address: string): boolean {
  const parts = address.split('.');
  const isData = parts[0] === 'data';
  const [type = '', name = ''] = isData ? parts.slice(1) : parts;
  return name in ((isData ? json.data : json.resource)?.[type] ?? {});
}

function ambiguousProviders(json: Json): string[] {
  return Object.entries(json.provider ?? {}).flatMap(([name, configurations]) => {
    const aliases = configurations.map(({ alias }) => String(alias ?? 'no alias'));
    return aliases
      .filter((alias, index) => aliases.indexOf(alias) !== index)
      .map((alias) => `provider ${name} stands twice with ${alias}`);
  });
}

function exposedSecrets(json: Json): string[] {
  const secret = /kube_(admin_)?config|client_secret|client_key|password/;
  const remoteState = json.data?.terraform_remote_state ?? {};
  return [
    ...Object.entries(json.output ?? {})
      .filter(([, output]) => secret.test(JSON.stringify(output)) || output.sensitive === true)
      .map(([name]) => `output ${name} holds a secret`),
    ...Object.entries(remoteState)
      .filter(([, state]) => secret.test(JSON.stringify(state)))
      .map(([name]) => `remote state ${name} reads a secret`),
  ];
}

/** Attributes that the providers mark as sensitive, of all resources that the constructs could make. */
const SENSITIVE = new Set([
  ...['client_secret', 'client_key', 'client_certificate', 'password', 'admin_password', 'token', 'value_wo'],
  ...['context_access_token', 'secret_values', 'access_key', 'connection_string', 'kube_config_raw'],
]);

function literalSecrets(json: Json): string[] {
  const isLiteral = (value: string): boolean => value !== '' && !/^\$\{.*\}$/s.test(value);
  return [
    ...strings(json)
      .filter(({ path, value }) => path.split('.').some((key) => SENSITIVE.has(key)) && isLiteral(value))
      .filter(({ path }) => !path.startsWith('resource.time_sleep.')) // its triggers name what they watch
      .map(({ path }) => `${path} is a literal`),
    ...strings({ data: Object.values(json.resource?.kubernetes_secret_v1 ?? {}).map(({ data }) => data) })
      .filter(({ value }) => isLiteral(value))
      .map(({ path }) => `kubernetes_secret_v1 ${path} is a literal`),
  ];
}

/** What is left of a token, or of a value that was computed from one. */
function leftovers(json: Json): string[] {
  const text = /TfToken|\[object Object\]|\bundefined\b|\bNaN\b/;
  return leaves(json)
    .filter(({ value }) => (typeof value === 'string' ? text.test(value) : typeof value === 'number' && value < -1e100))
    .map(({ path, value }) => `${path} holds ${String(value)}`);
}

/** Two resources that claim one name in Azure or in Kubernetes: the second one fails when it is applied. */
function sharedNames(json: Json): string[] {
  const claims = Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.values(named).map((block) => {
      const metadata = (block.metadata ?? {}) as Block;
      const name = block.name ?? metadata.name;
      const network = block.virtual_network_name ?? block.network_security_group_name ?? block.route_table_name;
      const parent = block.container_registry_id ?? network;
      const scope = [block.provider, metadata.namespace, parent, block.kubernetes_cluster_id];
      return name === undefined ? undefined : `${type} ${JSON.stringify([name, ...scope])}`;
    }),
  );
  return claims
    .filter((claim, index) => claim !== undefined && claims.indexOf(claim) !== index)
    .map((claim) => `two resources are ${String(claim)}`);
}

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) {
    return [{ path, value }];
  }
  return Object.entries(value)
    .filter(([key]) => key !== '//')
    .flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

function strings(value: unknown): { path: string; value: string }[] {
  return leaves(value).filter((leaf): leaf is { path: string; value: string } => typeof leaf.value === 'string');
}

function blocks(json: Json): { path: string; block: Block }[] {
  return (
    [
      ['resource', json.resource],
      ['data', json.data],
    ] as const
  ).flatMap(([kind, types]) =>
    Object.entries(types ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]) => ({ path: `${kind}.${type}.${name}`, block })),
    ),
  );
}

/** The expressions in a template string: what stands in "${...}", brackets counted. */
function expressions(template: string): string[] {
  const found: string[] = [];
  for (let start = template.indexOf('${'); start >= 0; start = template.indexOf('${', start + 2)) {
    let depth = 1;
    let end = start + 2;
    for (; end < template.length && depth > 0; end++) {
      depth += template[end] === '{' ? 1 : template[end] === '}' ? -1 : 0;
    }
    found.push(template.slice(start + 2, end - 1));
  }
  return found;
}

function withoutQuoted(expression: string): string {
  return expression.replace(/"(\\.|[^"\\])*"/g, '""');
}
