import { eachScalar, textAt } from '../../terraform-json/json';
import { referencesIn } from '../../terraform-json/references';
import type { Resource } from '../read/program';
import { readable, readableAt } from '../names/names';
import { HELPERS, isConnection } from './parts';
import type { Places } from './places';
import type { Sketch } from './sketch';

/** Draws the roles, identities, attachments and other relations of resources. */
export function drawRelations(sketch: Sketch, places: Places): void {
  for (const resource of sketch.resources) {
    const { type } = resource;
    if (type === 'azurerm_role_assignment') {
      drawRole(resource, sketch, places);
    } else if (type === 'azurerm_virtual_network_peering') {
      const remote = textAt(resource.written, 'remote_virtual_network_id') ?? '';
      const to = places.boxAt(resource, 'remote_virtual_network_id') ?? places.elsewhere(remote, 'virtual network');
      sketch.connect({ kind: 'reach', text: 'peering', owner: resource }, places.network(resource), to);
    } else if (isConnection(resource)) {
      drawAttachment(resource, sketch, places);
    } else if (type === 'azurerm_kubernetes_cluster') {
      drawIdentities(resource, sketch, places);
    } else if (!/^(azurerm|azuread|kubernetes|helm)_/.test(type) && !HELPERS.test(type)) {
      drawReferences(resource, sketch, places);
    }
  }
}

function drawRole(role: Resource, sketch: Sketch, places: Places): void {
  const { attributes, written } = role;
  const who = textAt(written, 'principal_id') ?? '';
  const scope = textAt(written, 'scope') ?? '';
  const kind = textAt(attributes, 'principal_type') ?? 'principal';
  const from = places.boxAt(role, 'principal_id') ?? somebody(who, kind, sketch, places);
  const to = places.boxAt(role, 'scope') ?? places.elsewhere(textAt(attributes, 'scope') ?? scope, 'scope');
  const name =
    readableAt(attributes, 'role_definition_name') ?? readableAt(attributes, 'role_definition_id') ?? 'a role';
  sketch.connect({ kind: 'role', text: name.split('/').at(-1) ?? name, owner: role }, from, to);
}

/** A box for a principal that the code knows only by its id. */
function somebody(id: string, kind: string, sketch: Sketch, places: Places): string {
  return sketch.add({
    id: `principal ${id}`,
    caption: kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(),
    name: readable(id),
    details: [],
    origin: 'found',
    isPlace: false,
    parent: places.directory(),
  });
}

/** The arguments of a cluster with its identities. */
const IDENTITIES = [
  'identity.identity_ids',
  'kubelet_identity.user_assigned_identity_id',
  'service_principal.client_id',
];

function drawIdentities(cluster: Resource, sketch: Sketch, places: Places): void {
  for (const path of IDENTITIES) {
    const texts: string[] = [];
    eachScalar(cluster.written ?? {}, (value, steps) => {
      if (steps.join('.') === path) {
        texts.push(String(value));
      }
    });
    const text = path.startsWith('kubelet') ? 'its nodes act as' : 'acts as';
    for (const found of texts.flatMap((one) => places.resourceIn(one, cluster) ?? [])) {
      sketch.connect({ kind: 'use', text, owner: cluster }, sketch.idOf(cluster), places.box(found));
    }
  }
}

/** Draws a resource that connects others as an arrow between the first two that it refers to. */
function drawAttachment(resource: Resource, sketch: Sketch, places: Places): void {
  const [from, to] = mentioned(resource, places).filter((id) => sketch.boxes.has(id));
  sketch.connect({ kind: 'attach', text: '', owner: resource }, from, to);
}

/** Draws the references of a resource of another provider. */
function drawReferences(resource: Resource, sketch: Sketch, places: Places): void {
  for (const id of mentioned(resource, places)) {
    sketch.connect(
      { kind: 'use', text: '', owner: resource },
      sketch.idOf(resource),
      sketch.boxes.has(id) ? id : undefined,
    );
  }
}

/** The boxes that a resource refers to, in the order of its arguments. */
function mentioned(resource: Resource, places: Places): string[] {
  const found = new Set<Resource>();
  eachScalar(resource.written ?? resource.attributes, (value) => {
    referencesIn(String(value))
      .flatMap(({ address }) => places.resourceIn(`\${${address}}`, resource) ?? [])
      .filter(({ mode }) => mode !== 'data')
      .forEach((one) => found.add(one));
  });
  return [...new Set([...found].map((one) => places.box(one)))];
}
