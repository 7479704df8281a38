import { types, type ProviderTable } from './rule';

/** The replacement rules of the time provider 0.13. */
export const TIME: ProviderTable = {
  provider: 'time',
  version: '0.13.1',
  source: 'https://github.com/hashicorp/terraform-provider-time/tree/v0.13.1/internal/provider',
  usual: ['triggers'],
  resources: {
    time_sleep: { file: 'resource_time_sleep.go', always: ['triggers'] },
    time_offset: { file: 'resource_time_offset.go', always: ['triggers'] },
    ...types(['time_static', 'time_rotating'], {
      file: 'resource_time_static.go, resource_time_rotating.go',
      always: ['triggers', 'rfc3339'],
    }),
  },
};

/** The replacement rules of the resource that is built into Terraform. */
export const BUILT_IN: ProviderTable = {
  provider: 'terraform',
  version: '1',
  source: 'https://developer.hashicorp.com/terraform/language/resources/terraform-data',
  usual: [],
  resources: { terraform_data: { file: 'terraform_data', always: ['triggers_replace'] } },
};

/** The replacement rules of the null provider. */
export const NULL: ProviderTable = {
  provider: 'null',
  version: '3.2.4',
  source: 'https://github.com/hashicorp/terraform-provider-null/tree/v3.2.4/internal/provider',
  usual: ['triggers'],
  resources: { null_resource: { file: 'resource.go', always: ['triggers'] } },
};
