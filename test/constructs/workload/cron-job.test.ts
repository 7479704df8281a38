import type { TerraformStack } from 'cdktf';
import {
  CompletionMode,
  ConcurrencyPolicy,
  ContainerImage,
  CronJob,
  type CronJobProps,
  EnvValue,
  KubernetesNamespace,
  NetworkPeer,
  Problems,
  Workload,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { at, only, synth, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/report:1');

function cronJobIn(stack: TerraformStack, props: Partial<CronJobProps> = {}): CronJob {
  return new CronJob(stack, 'report', { name: 'report', image, schedule: '30 3 * * mon-fri', ...props });
}

function problemsOf(props: Partial<CronJobProps>): string[] {
  const stack = testStack();
  cronJobIn(stack, props);
  return Problems.of(stack).map((problem) => problem.replace(/^\[stack\/report\] /, ''));
}

describe('a CronJob', () => {
  test('runs one pod at a time, on a schedule in UTC, by default', () => {
    const stack = testStack();
    cronJobIn(stack);

    expect(only(synth(stack), 'kubernetes_cron_job_v1')).toMatchInlineSnapshot(`
     {
       "metadata": {
         "labels": {
           "app": "report",
           "app.kubernetes.io/managed-by": "terraform",
           "app.kubernetes.io/name": "report",
         },
         "name": "report",
       },
       "spec": {
         "concurrency_policy": "Forbid",
         "job_template": {
           "metadata": {
             "labels": {
               "app": "report",
               "app.kubernetes.io/managed-by": "terraform",
               "app.kubernetes.io/name": "report",
             },
           },
           "spec": {
             "template": {
               "metadata": {
                 "labels": {
                   "app": "report",
                   "app.kubernetes.io/managed-by": "terraform",
                   "app.kubernetes.io/name": "report",
                 },
               },
               "spec": {
                 "automount_service_account_token": false,
                 "container": [
                   {
                     "image": "ghcr.io/contoso/report:1",
                     "name": "report",
                     "resources": {
                       "limits": {},
                       "requests": {},
                     },
                     "security_context": {
                       "allow_privilege_escalation": false,
                       "capabilities": {
                         "drop": [
                           "ALL",
                         ],
                       },
                       "run_as_non_root": true,
                     },
                   },
                 ],
                 "enable_service_links": false,
                 "node_selector": {
                   "kubernetes.io/os": "linux",
                 },
                 "restart_policy": "Never",
                 "security_context": {
                   "seccomp_profile": {
                     "type": "RuntimeDefault",
                   },
                 },
                 "termination_grace_period_seconds": 30,
               },
             },
           },
         },
         "schedule": "30 3 * * mon-fri",
         "timezone": "Etc/UTC",
       },
     }
    `);
  });

  test('takes all that schedules and jobs take', () => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop' });
    const cronJob = cronJobIn(stack, {
      namespace: 'shop',
      schedule: '@daily',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: ConcurrencyPolicy.REPLACE,
      suspend: true,
      startingDeadlineSeconds: 600,
      activeDeadlineSeconds: 900,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 5,
      ttlSecondsAfterFinished: 3600,
      backoffLimit: 0,
      environment: { SOURCE: EnvValue.fromConfigValue('orders') },
      isolated: true,
    });
    const api = new Workload(stack, 'api', {
      name: 'api',
      image,
      containerPort: 8080,
      namespace: 'shop',
      isolated: true,
    });
    cronJob.connectTo(api);
    cronJob.allowTo(NetworkPeer.internet(), 443);
    const json = synth(stack);

    expect([...Problems.of(stack), ...warningsOf(stack)]).toEqual([]);
    expect(invalidManifests(json)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect(only(json, 'kubernetes_cron_job_v1')).toMatchObject({
      depends_on: [expect.stringMatching(/config_map/), expect.stringMatching(/namespace/)],
      spec: {
        schedule: '@daily',
        timezone: 'Europe/Berlin',
        concurrency_policy: 'Replace',
        suspend: true,
        starting_deadline_seconds: 600,
        successful_jobs_history_limit: 0,
        failed_jobs_history_limit: 5,
        job_template: { spec: { active_deadline_seconds: 900, backoff_limit: 0, ttl_seconds_after_finished: '3600' } },
      },
    });
    expect(at(json, 'kubernetes_network_policy_v1', 'api').spec).toMatchObject({
      ingress: [{ from: [{ pod_selector: { match_labels: cronJob.selector } }] }],
    });
  });

  test.each<[string, Partial<CronJobProps>, RegExp]>([
    ['name that is too long', { name: 'a'.repeat(53) }, /^'name' must be 1 to 52 lower-case letters/],
    [
      'schedule of four fields',
      { schedule: '* * * *' },
      /^'schedule' must be a cron schedule with five fields .*, got "\* \* \* \*" \(it has 4 fields\)$/,
    ],
    ['hour', { schedule: '0 24 * * *' }, /got "0 24 \* \* \*" \(the hour is from 0 to 23\)$/],
    ['name of a day', { schedule: '0 0 * * monday' }, /\(the day of the week "monday" cannot be read\)$/],
    ['range', { schedule: '0 0 * * sat-mon' }, /\(the day of the week "sat-mon" ends before it begins\)$/],
    ['descriptor', { schedule: '@nightly' }, /\("@" begins one of @yearly, .* and @every with a duration\)$/],
    ['time zone in the schedule', { schedule: 'TZ=UTC 0 0 * * *' }, /'timeZone'\)$/],
    [
      'day that never comes',
      { schedule: '0 0 31 2 *' },
      /^'schedule' must match an existing date, .*, got "0 0 31 2 \*"/,
    ],
    ['time zone', { timeZone: 'Europe/berlin' }, /^'timeZone' must be the name of a time zone in the IANA database/],
    ['starting deadline', { startingDeadlineSeconds: 9 }, /^'startingDeadlineSeconds' must be a whole number from 10/],
    ['history', { successfulJobsHistoryLimit: -1 }, /^'successfulJobsHistoryLimit' must be/],
    ['history of failures', { failedJobsHistoryLimit: 0.5 }, /^'failedJobsHistoryLimit' must be/],
    ['time to live', { ttlSecondsAfterFinished: -1 }, /^'ttlSecondsAfterFinished' must be/],
    [
      'name of indexed pods',
      { name: 'a'.repeat(51), completionMode: CompletionMode.INDEXED },
      /^'name' must leave space for an index of up to 0 .*: take at most 50$/,
    ],
  ])('reports a wrong %s, once', (_, props, message) => {
    expect(problemsOf(props)).toEqual([expect.stringMatching(message)]);
  });

  test('takes a schedule and a time zone that only Terraform knows', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    cronJobIn(stack, { schedule: stringValue, timeZone: stringValue });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'kubernetes_cron_job_v1')).toMatchObject({
      spec: { schedule: '${var.token}', timezone: '${var.token}' },
    });
  });

  test('is told from another of its name', () => {
    const stack = testStack();
    cronJobIn(stack);
    new CronJob(stack, 'other', { name: 'report', image, schedule: '@hourly' });

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'name' must be unique in a namespace")]);
  });
});
