/** The attributes that identify the items of a list, the most reliable first. */
export const KEYS = ['name', 'key', 'id', 'address_prefix', 'cidr_block', 'path', 'location', 'type'];

/** The attributes that identify the items of a list even if there is only one item, by the name of the list. */
export const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  container: ['name'],
  init_container: ['name'],
  env: ['name'],
  volume: ['name'],
  volume_mount: ['mount_path'],
  volume_claim_template: [],
  port: ['name', 'port', 'container_port'],
  ports: ['port'],
  toleration: ['key'],
  host_aliases: ['ip'],
  security_rule: ['name'],
  subnet: ['name'],
  georeplications: ['location'],
  ip_rule: ['ip_range'],
  subject: ['name'],
};
