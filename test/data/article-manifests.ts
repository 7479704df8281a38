/**
 * The manifests that the article applies by hand, field by field, as data: what the stack of `main.ts` has to reproduce.
 */
export const ARTICLE_MANIFESTS = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'jm-inn-azure-vote-back' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'jm-inn-azure-vote-back' } },
      template: {
        metadata: { labels: { app: 'jm-inn-azure-vote-back' } },
        spec: {
          nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
          containers: [
            { name: 'jm-inn-azure-vote-back', image: 'redis', ports: [{ containerPort: 6379, name: 'redis' }] },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'jm-inn-azure-vote-back' },
    spec: { ports: [{ port: 6379 }], selector: { app: 'jm-inn-azure-vote-back' } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'jm-inn-azure-vote-front' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'jm-inn-azure-vote-front' } },
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
      minReadySeconds: 5,
      template: {
        metadata: { labels: { app: 'jm-inn-azure-vote-front' } },
        spec: {
          nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
          containers: [
            {
              name: 'jm-inn-azure-vote-front',
              image: 'jminnacr.azurecr.io/jm-inn-azure-vote-front-image:v1',
              ports: [{ containerPort: 80 }],
              resources: { requests: { cpu: '250m' }, limits: { cpu: '500m' } },
              env: [{ name: 'REDIS', value: 'jm-inn-azure-vote-back' }],
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'jm-inn-azure-vote-front' },
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { app: 'jm-inn-azure-vote-front' } },
  },
];
