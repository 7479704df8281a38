import { at, blocks, compare, listAt, listsAt, textAt, type JsonObject } from '../../terraform-json/json';
import { present } from '../names/present';
import type { Resource } from '../read/program';
import { activation } from './azure-grants';
import { itself, text, type Grant, type Reader } from './grant';

/** The policies and memberships of Microsoft Entra ID, by resource type. */
export const ENTRA_POLICIES: Readonly<Record<string, Reader>> = {
  azuread_conditional_access_policy: conditionalAccess,
  azuread_named_location: (given, { address }) =>
    blocks(given['ip']).flatMap((one) =>
      textAt(one, 'trusted') === 'true'
        ? [{ key: 'trusted', who: 'requests from it', may: listAt(one, 'ip_ranges'), on: itself(address), by: ['ip'] }]
        : [],
    ),
  azuread_authentication_strength_policy: (given, { address }) => [
    {
      key: 'methods',
      who: 'who signs in',
      may: listAt(given, 'allowed_combinations'),
      on: itself(address),
      isUsual: true,
    },
  ],
  azuread_group_role_management_policy: (given) =>
    activation(given, `the role ${text(given, 'role_id')}`, text(given, 'group_id')),
  azuread_privileged_access_group_assignment_schedule: membership(''),
  azuread_privileged_access_group_eligibility_schedule: membership('activate '),
  azuread_group_without_members: (given, resource) => [...ownersOf(given, resource), ...ruleOf(given, resource)],
  azuread_administrative_unit_member: (given) => [
    {
      key: 'member',
      who: `the administrators of ${text(given, 'administrative_unit_object_id')}`,
      may: ['manage'],
      on: text(given, 'member_object_id'),
    },
  ],
  azuread_administrative_unit_role_member: (given) => [
    {
      key: 'role',
      who: text(given, 'member_object_id'),
      may: [`the directory role ${text(given, 'role_object_id')}`],
      on: text(given, 'administrative_unit_object_id'),
    },
  ],
  azuread_custom_directory_role: (given) => [
    {
      key: 'rights',
      who: `anyone with the role ${text(given, 'display_name')}`,
      may:
        textAt(given, 'enabled') === 'false'
          ? []
          : blocks(given['permissions']).flatMap((one) => listAt(one, 'allowed_resource_actions')),
      on: 'the whole directory',
    },
  ],
  // it only activates the role in the directory.
  azuread_directory_role: () => [],
  azuread_application_app_role: (given) => [permission(given, 'role_id')],
  azuread_application_permission_scope: (given) => [permission(given, 'scope_id')],
  azuread_application_fallback_public_client: (given) =>
    textAt(given, 'enabled') === 'true'
      ? [
          {
            key: 'public',
            who: 'anyone who knows its id',
            may: ['sign in as, without a secret'],
            on: text(given, 'application_id'),
          },
        ]
      : [],
  azuread_application_redirect_uris: (given) => [
    {
      key: 'redirects',
      who: 'anyone who answers at these addresses',
      may: listAt(given, 'redirect_uris').map((uri) => `receive tokens at ${uri}`),
      on: text(given, 'application_id'),
    },
  ],
  azuread_application_known_clients: (given) => [
    {
      key: 'clients',
      who: 'users of these clients, asked only once',
      may: listAt(given, 'known_client_ids'),
      on: text(given, 'application_id'),
    },
  ],
  azuread_service_principal_token_signing_certificate: (given) => [
    {
      key: 'certificate',
      who: 'anyone with the certificate',
      may: ['sign tokens of'],
      on: text(given, 'service_principal_id'),
    },
  ],
  azuread_invitation: (given) => [
    {
      key: 'guest',
      who: text(given, 'user_email_address'),
      may: [`sign in, as ${textAt(given, 'user_type') ?? 'Guest'}`],
      on: 'the whole directory',
    },
  ],
  azuread_user: (given) =>
    textAt(given, 'account_enabled') === 'false'
      ? []
      : [
          {
            key: 'user',
            who: text(given, 'user_principal_name'),
            may: ['sign in'],
            on: 'the whole directory',
            by: ['account_enabled', 'user_principal_name'],
          },
        ],
  azuread_access_package_catalog_role_assignment: (given) => [
    {
      key: 'role',
      who: text(given, 'principal_object_id'),
      may: [`the role ${text(given, 'role_id')}`],
      on: text(given, 'catalog_id'),
    },
  ],
  azuread_access_package_resource_package_association: (given) => [
    {
      key: 'resource',
      who: `anyone with the package ${text(given, 'access_package_id')}`,
      may: [`become ${textAt(given, 'access_type') ?? 'Member'}`],
      on: text(given, 'catalog_resource_association_id'),
    },
  ],
  azuread_access_package_assignment_policy: assignmentPolicy,
};

/** The requirements of a policy for sign-ins, and its exceptions. */
function conditionalAccess(given: JsonObject): Grant[] {
  const controls = listsAt(given, [
    'grant_controls.built_in_controls',
    'grant_controls.authentication_strength_policy_id',
    'grant_controls.custom_authentication_factors',
    'grant_controls.terms_of_use',
  ]);
  const isOn = textAt(given, 'state') === 'enabled';
  const users = (side: string) =>
    ['users', 'groups', 'roles'].flatMap((kind) => listAt(given, `conditions.users.${side}_${kind}`));
  const places = (side: string) => listAt(given, `conditions.applications.${side}_applications`);
  const others = [...users('excluded'), ...places('excluded')];
  const joined = text(given, 'grant_controls.operator') === 'OR' ? [controls.join(' or ')] : controls;
  return [
    {
      key: 'conditions',
      who: users('included').join(', ') || 'workloads',
      may: isOn
        ? joined.filter(Boolean).map((control) => `must ${control === 'block' ? 'stay out' : `have ${control}`}`)
        : [],
      on: places('included').join(', ') || 'what they sign in to',
      limits: [...others.map((one) => `except ${one}`), ...circumstances(given)],
      isGuard: true,
    },
  ];
}

/** The conditions that match every sign-in by default, each with the value that means all. */
const CIRCUMSTANCES: Readonly<Record<string, string | undefined>> = {
  client_app_types: 'all',
  'platforms.included_platforms': 'all',
  'locations.included_locations': 'All',
  sign_in_risk_levels: undefined,
  user_risk_levels: undefined,
  service_principal_risk_levels: undefined,
  insider_risk_levels: undefined,
};

/** The sign-ins that a policy includes and excludes. */
function circumstances(given: JsonObject): string[] {
  const included = Object.entries(CIRCUMSTANCES).flatMap(([path, all]) => {
    const found = listAt(given, `conditions.${path}`);
    const isLimit = found.length > 0 && (all === undefined || !found.includes(all));
    return isLimit ? [`only for ${found.sort(compare).join(', ')}`] : [];
  });
  const excluded = ['platforms.excluded_platforms', 'locations.excluded_locations'].flatMap((path) =>
    listAt(given, `conditions.${path}`).map((one) => `except ${one}`),
  );
  const devices = blocks(at(given, 'conditions.devices.filter')).map((filter) =>
    text(filter, 'mode') === 'exclude'
      ? `except devices with ${text(filter, 'rule')}`
      : `only for devices with ${text(filter, 'rule')}`,
  );
  return [...included, ...excluded, ...devices];
}

/** A permanent, temporary or eligible membership or ownership of a group. */
function membership(verb: string): Reader {
  return (given) => {
    const isForGood = textAt(given, 'permanent_assignment') === 'true';
    const time = textAt(given, 'duration') ?? textAt(given, 'expiration_date');
    return [
      {
        key: 'membership',
        who: text(given, 'principal_id'),
        may: [`${verb}${text(given, 'assignment_type')} of`],
        on: text(given, 'group_id'),
        limits: present(!isForGood && time && `for a time (${time})`),
      },
    ];
  };
}

function ownersOf(given: JsonObject, { address }: Resource): Grant[] {
  return listAt(given, 'owners').map((who) => ({
    key: `owners ${who}`,
    who,
    may: ['one of the owners'],
    on: itself(address),
    by: ['owners'],
  }));
}

/** The dynamic members of a group. */
export function ruleOf(given: JsonObject, { address }: Resource): Grant[] {
  return blocks(given['dynamic_membership']).flatMap((one) =>
    textAt(one, 'enabled') === 'false'
      ? []
      : [
          {
            key: 'rule',
            who: `everyone with ${text(one, 'rule')}`,
            may: ['one of the members'],
            on: itself(address),
            by: ['dynamic_membership'],
          },
        ],
  );
}

/** A permission that an application defines; it is not assigned to anyone yet. */
function permission(given: JsonObject, id: string): Grant {
  const may = [textAt(given, 'value') ?? text(given, id)];
  return { key: 'permission', who: 'anyone who is assigned it', may, on: text(given, 'application_id'), isUsual: true };
}

/** The permission to request an access package. */
function assignmentPolicy(given: JsonObject): Grant[] {
  const isApproved = textAt(given, 'approval_settings.approval_required') === 'true';
  const expires = textAt(given, 'duration_in_days') ?? textAt(given, 'expiration_date');
  return [
    {
      key: 'requests',
      who: textAt(given, 'requestor_settings.scope_type') ?? 'nobody without an assignment',
      may: at(given, 'requestor_settings.requests_accepted') === false ? [] : ['ask for it'],
      on: text(given, 'access_package_id'),
      limits: present(isApproved && 'once it is approved', expires && `until ${expires}`),
    },
  ];
}
