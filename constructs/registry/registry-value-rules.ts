import { integerRule, type Rule } from '../core/rules/rule';
import { pattern } from '../core/rules/pattern';
import { imageRepository } from '../workload/pod/image-rules';

const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers';
const DOCS = 'https://learn.microsoft.com/azure/container-registry';

/** The host of the images of a registry, which in other clouds ends with ".azurecr.cn" or ".azurecr.us". */
export const loginServer: Rule<string> = {
  ...pattern(
    'login-server',
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
    'must be the host name of a registry, in lower case and without scheme and path',
    `${DOCS}/container-registry-concepts#registry`,
    'contososhop.azurecr.io',
  ),
  hint: "'az acr show --name <registry> --query loginServer' shows it",
};

export const retentionDays = integerRule(
  'registry-retention-days',
  1,
  365,
  `${PROVIDER}/container_registry_resource.go`,
  7,
);

export const credentialSetName = pattern(
  'credential-set-name',
  /^[a-zA-Z0-9-]{5,50}$/,
  "must be 5 to 50 letters, digits and '-'",
  'https://learn.microsoft.com/rest/api/containerregistry/credential-sets/create',
  'docker-hub',
);

export const scopeMapName = pattern(
  'scope-map-name',
  /^[a-zA-Z0-9-]{5,49}$/,
  "must be 5 to 49 letters, digits and '-'",
  `${PROVIDER}/validate/container_registry_scope_map_name.go`,
  'partners',
);

export const scopeMapDescription: Rule<string> = {
  id: 'scope-map-description',
  must: 'must be 1 to 256 characters',
  source: `${PROVIDER}/container_registry_scope_map_resource.go`,
  example: 'Partners that mirror the shop',
  holds: (value) => value.length >= 1 && value.length <= 256,
};

/** A repository, all repositories below a folder, or all of the registry. */
export const scopeMapRepository: Rule<string> = {
  id: 'scope-map-repository',
  must: 'must be a repository, such as "team/app", or a folder of them with "/*" at its end, or "*" for all',
  source: `${DOCS}/container-registry-token-based-repository-permissions#how-to-use-scope-maps-to-define-and-assign-permissions-for-multiple-repositories`,
  example: 'team/*',
  holds: (value) => value === '*' || imageRepository.holds(value.replace(/\/\*$/, '')),
};

export const tokenName = pattern(
  'registry-token-name',
  /^[a-zA-Z][a-zA-Z0-9-]{4,48}$/,
  "must be 5 to 49 letters, digits and '-', beginning with a letter",
  `${PROVIDER}/validate/container_registry_token_name.go`,
  'mirror',
);

export const tokenValidDays: Rule<number> = {
  id: 'registry-token-valid-days',
  must: 'must be a whole number of at least 2, since the password is replaced after half of it',
  source: `${DOCS}/container-registry-token-based-repository-permissions#add-token-password`,
  example: 90,
  holds: (value) => Number.isSafeInteger(value) && value >= 2,
};

export const webhookName = pattern(
  'webhook-name',
  /^[a-zA-Z0-9]{5,50}$/,
  'must be 5 to 50 letters and digits',
  `${PROVIDER}/validate/container_registry_webhook_name.go`,
  'deploy',
);

export const webhookUri = pattern(
  'webhook-uri',
  /^https?:\/\/\S+$/,
  'must begin with "https://" or "http://", with no spaces',
  `${PROVIDER}/validate/container_registry_webhook_service_uri.go`,
  'https://ci.contoso.com/images',
);

/** The images for which a webhook is called. */
export const webhookScope: Rule<string> = {
  id: 'webhook-scope',
  must: 'must be a repository, with ":" and a tag or "*" for all of its tags, or a folder of repositories with "/*" at its end',
  source: `${DOCS}/container-registry-webhook#create-webhook---azure-portal`,
  example: 'web:*',
  holds: (value) => {
    const [repository = '', tag = '*', ...rest] = value.replace(/\/\*$/, '').split(':');
    return rest.length === 0 && imageRepository.holds(repository) && /^(\*|\w[\w.-]{0,127})$/.test(tag);
  },
};

export const agentPoolName = pattern(
  'agent-pool-name',
  /^[a-zA-Z0-9-]{3,20}$/,
  "must be 3 to 20 letters, digits and '-'",
  `${PROVIDER}/container_registry_agent_pool_resource.go`,
  'builders',
);

export const agentCount: Rule<number> = {
  id: 'agent-pool-count',
  must: 'must be a whole number of at least 0',
  source: `${DOCS}/tasks-agent-pools#scale-pool`,
  example: 1,
  holds: (value) => Number.isSafeInteger(value) && value >= 0,
};
