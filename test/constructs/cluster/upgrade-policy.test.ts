import fc from 'fast-check';
import {
  AksCluster,
  type AksClusterProps,
  DayOfWeek,
  KubernetesVersion,
  MaintenanceSchedule,
  NodeOsUpgradeChannel,
  Problems,
  UpgradeChannel,
  type UpgradePolicy,
  WeekOfMonth,
} from '../../../constructs';
import { type Block, only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

const VERSION = KubernetesVersion.of('1.36', { today: '2026-11-26' });

/** The JSON of a cluster with an upgrade policy, and with a pool beside the default one. */
function made(upgradePolicy: UpgradePolicy | undefined, props: Partial<AksClusterProps> = {}) {
  const stack = testStack();
  const cluster = new AksCluster(stack, 'cluster', {
    ...{ resourceGroup: RESOURCE_GROUP, clusterName: 'aks', upgradePolicy },
    ...props,
  });
  cluster.addNodePool('apps', { name: 'apps' });
  const json = synth(stack);
  return {
    cluster: only(json, 'azurerm_kubernetes_cluster'),
    pool: only(json, 'azurerm_kubernetes_cluster_node_pool'),
    checks: (json as { readonly check?: { readonly [name: string]: Block } }).check ?? {},
    problems: Problems.of(stack),
    warnings: warningsOf(stack),
  };
}

const problemsOf = (policy: UpgradePolicy): string[] => made(policy).problems;

describe('the version of Kubernetes', () => {
  const versioned = { kubernetesVersion: VERSION };

  test.each([
    ['no policy', undefined],
    ['no channel', {}],
    ['the channel NONE', { channel: UpgradeChannel.NONE }],
    ['a channel for images', { channel: UpgradeChannel.NODE_IMAGE }],
  ])('is what the program says with %s', (_, policy) => {
    const { cluster, pool, checks, problems, warnings } = made(policy, versioned);

    expect(cluster).toMatchObject({
      kubernetes_version: '1.36',
      default_node_pool: { orchestrator_version: '1.36' },
    });
    expect(pool).toMatchObject({ orchestrator_version: '1.36' });
    expect([cluster, pool].map(({ lifecycle }) => lifecycle)).toEqual([undefined, undefined]);
    expect(checks).toEqual({});
    expect([problems, warnings]).toEqual([[], []]);
  });

  test.each([UpgradeChannel.PATCH, UpgradeChannel.STABLE, UpgradeChannel.RAPID])(
    'is left to the channel "%s", in the cluster and in its pools, and nothing else is',
    (channel) => {
      const { cluster, pool, problems } = made({ channel }, versioned);

      expect(cluster).toMatchObject({
        automatic_upgrade_channel: channel,
        kubernetes_version: '1.36',
        lifecycle: { ignore_changes: ['kubernetes_version'] },
      });
      expect(cluster.default_node_pool).not.toHaveProperty('orchestrator_version');
      expect(pool).not.toHaveProperty('orchestrator_version');
      expect(pool).not.toHaveProperty('lifecycle');
      expect(problems).toEqual([]);
    },
  );

  test('is ignored beside what the autoscaler owns', () => {
    const { cluster } = made(
      { channel: UpgradeChannel.PATCH },
      { ...versioned, defaultNodePool: { autoscaling: { minCount: 1, maxCount: 3 } } },
    );

    expect(cluster.lifecycle).toEqual({ ignore_changes: ['default_node_pool[0].node_count', 'kubernetes_version'] });
  });

  test('needs nothing to be ignored where the program says none', () => {
    const { cluster, warnings } = made({ channel: UpgradeChannel.RAPID });

    expect(cluster).not.toHaveProperty('kubernetes_version');
    expect(cluster).not.toHaveProperty('lifecycle');
    expect(warnings).toEqual([]);
  });

  test.each([UpgradeChannel.STABLE, UpgradeChannel.RAPID])(
    'of a new cluster only is warned of with "%s"',
    (channel) => {
      const { warnings, checks } = made({ channel }, versioned);

      expect(warnings).toEqual([
        `[stack/cluster] 'kubernetesVersion' "1.36" applies only to a new cluster: the channel "${channel}" upgrades from it, and later deployments do not change the version. Leave it out, or use UpgradeChannel.PATCH to stay on it`,
      ]);
      expect(checks).toEqual({});
    },
  );

  test('is compared with that of the cluster by each plan, with the channel for patches', () => {
    const { checks, warnings } = made({ channel: UpgradeChannel.PATCH }, versioned);

    expect(warnings).toEqual([]);
    expect(checks).toEqual({
      cluster_611F8AFF_version: {
        assert: [
          {
            condition: '${startswith(azurerm_kubernetes_cluster.cluster_611F8AFF.current_kubernetes_version, "1.36.")}',
            error_message:
              'the cluster runs Kubernetes ${azurerm_kubernetes_cluster.cluster_611F8AFF.current_kubernetes_version}, and ' +
              'the program says 1.36: with the channel "patch", deployments leave the version alone. Deploy once with UpgradeChannel.NONE to change it',
          },
        ],
      },
    });
  });

  test('whose support ends is still warned of with the channel for patches', () => {
    const kubernetesVersion = KubernetesVersion.of('1.36', { today: '2027-07-01' });

    expect(made({ channel: UpgradeChannel.PATCH }, { kubernetesVersion }).warnings).toEqual([
      expect.stringContaining('is supported only until 2027-07-31:'),
    ]);
  });
});

describe('the windows', () => {
  /** How a schedule is written as the window of upgrades, and as the one of images. */
  function windows(schedule: MaintenanceSchedule): unknown[] {
    const { cluster, problems } = made({
      channel: UpgradeChannel.PATCH,
      upgradeWindow: schedule,
      nodeOsWindow: schedule,
    });

    expect(problems).toEqual([]);
    return [cluster.maintenance_window_auto_upgrade, cluster.maintenance_window_node_os];
  }

  const always = { start_time: '00:00', utc_offset: '+00:00', duration: 4 };

  test.each<[string, MaintenanceSchedule, object]>([
    ['by the day', MaintenanceSchedule.daily(), { frequency: 'Daily', interval: 1 }],
    ['every few days', MaintenanceSchedule.daily({ intervalDays: 7 }), { frequency: 'Daily', interval: 7 }],
    [
      'by the week',
      MaintenanceSchedule.weekly({ dayOfWeek: DayOfWeek.SUNDAY, intervalWeeks: 2 }),
      { frequency: 'Weekly', interval: 2, day_of_week: 'Sunday' },
    ],
    [
      'by the day of the month',
      MaintenanceSchedule.absoluteMonthly({ dayOfMonth: 31, intervalMonths: 6 }),
      { frequency: 'AbsoluteMonthly', interval: 6, day_of_month: 31 },
    ],
    [
      'by the week of the month',
      MaintenanceSchedule.relativeMonthly({ dayOfWeek: DayOfWeek.MONDAY, weekOfMonth: WeekOfMonth.LAST }),
      { frequency: 'RelativeMonthly', interval: 1, day_of_week: 'Monday', week_index: 'Last' },
    ],
  ])('are written %s, with nothing of another frequency', (_, schedule, expected) => {
    expect(windows(schedule)).toEqual([
      { ...always, ...expected },
      { ...always, ...expected },
    ]);
  });

  test('have their time, length and days as Azure returns them', () => {
    const schedule = MaintenanceSchedule.weekly({
      dayOfWeek: DayOfWeek.FRIDAY,
      startTime: '22:30',
      utcOffset: '-05:00',
      durationHours: 8,
      startDate: '2027-01-01',
      excludedDates: [{ start: '2026-12-20', end: '2027-01-05' }],
    });

    expect(windows(schedule)[0]).toEqual({
      frequency: 'Weekly',
      interval: 1,
      day_of_week: 'Friday',
      start_time: '22:30',
      utc_offset: '-05:00',
      duration: 8,
      start_date: '2027-01-01T00:00:00Z',
      not_allowed: [{ start: '2026-12-20T00:00:00Z', end: '2027-01-05T00:00:00Z' }],
    });
  });

  test('of the control plane and the add-ons are hours of the week', () => {
    const { cluster, problems } = made({
      maintenanceWindow: {
        allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: [1, 2] }],
        excluded: [{ start: '2026-12-20T18:00:00Z', end: '2027-01-05T06:00:00Z' }],
      },
    });

    expect(problems).toEqual([]);
    expect(cluster.maintenance_window).toEqual({
      allowed: [{ day: 'Sunday', hours: [1, 2] }],
      not_allowed: [{ start: '2026-12-20T18:00:00Z', end: '2027-01-05T06:00:00Z' }],
    });
  });

  const weekly = (options: object) => MaintenanceSchedule.weekly({ dayOfWeek: DayOfWeek.SUNDAY, ...options });
  const window = (upgradeWindow: MaintenanceSchedule): UpgradePolicy => ({
    channel: UpgradeChannel.PATCH,
    upgradeWindow,
  });

  test.each<[string, UpgradePolicy, RegExp]>([
    [
      'a length',
      window(weekly({ durationHours: 3 })),
      /'upgradePolicy.upgradeWindow.durationHours' must be .* 4 to 24/,
    ],
    [
      'an interval of days',
      window(MaintenanceSchedule.daily({ intervalDays: 8 })),
      /'upgradePolicy.upgradeWindow.intervalDays' must be .* 1 to 7/,
    ],
    [
      'an interval of weeks',
      window(weekly({ intervalWeeks: 0 })),
      /'upgradePolicy.upgradeWindow.intervalWeeks' must be .* 1 to 4/,
    ],
    [
      'an interval of months',
      window(MaintenanceSchedule.absoluteMonthly({ dayOfMonth: 1, intervalMonths: 7 })),
      /'upgradePolicy.upgradeWindow.intervalMonths' must be .* 1 to 6/,
    ],
    [
      'an interval of months, by the week',
      window(
        MaintenanceSchedule.relativeMonthly({
          dayOfWeek: DayOfWeek.MONDAY,
          weekOfMonth: WeekOfMonth.FIRST,
          intervalMonths: 1.5,
        }),
      ),
      /'upgradePolicy.upgradeWindow.intervalMonths' must be .* 1 to 6/,
    ],
    [
      'a day of the month',
      window(MaintenanceSchedule.absoluteMonthly({ dayOfMonth: 0 })),
      /'upgradePolicy.upgradeWindow.dayOfMonth' must be .* 1 to 31/,
    ],
    [
      'a time',
      window(weekly({ startTime: '9:00' })),
      /'upgradePolicy.upgradeWindow.startTime' must be a time of the day/,
    ],
    [
      'an offset',
      window(weekly({ utcOffset: 'CET' })),
      /'upgradePolicy.upgradeWindow.utcOffset' must be an offset from UTC/,
    ],
    [
      'a start',
      window(weekly({ startDate: '2027-02-30' })),
      /'upgradePolicy.upgradeWindow.startDate' must be a date with the year first/,
    ],
    [
      'excluded days',
      { nodeOsWindow: weekly({ excludedDates: [{ start: 'Christmas', end: '2026-12-26' }] }) },
      /'upgradePolicy.nodeOsWindow.excludedDates\[0\].start' must be a date with the year first/,
    ],
    [
      'excluded days that end before they begin',
      { nodeOsWindow: weekly({ excludedDates: [{ start: '2026-12-26', end: '2026-12-24' }] }) },
      /'upgradePolicy.nodeOsWindow.excludedDates\[0\].end' must not be before 'upgradePolicy.nodeOsWindow.excludedDates\[0\].start' \(2026-12-26\), got 2026-12-24$/,
    ],
    [
      'no excluded days',
      { nodeOsWindow: weekly({ excludedDates: [] }) },
      /'upgradePolicy.nodeOsWindow.excludedDates' must name at least one range/,
    ],
    [
      'neither hours nor exceptions',
      { maintenanceWindow: {} },
      /'upgradePolicy.maintenanceWindow' must have 'allowed' or 'excluded', got neither/,
    ],
    [
      'no hours',
      { maintenanceWindow: { allowed: [] } },
      /'upgradePolicy.maintenanceWindow.allowed' must name at least one day/,
    ],
    [
      'a day without hours',
      { maintenanceWindow: { allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: [] }] } },
      /'upgradePolicy.maintenanceWindow.allowed\[0\].hours' must name at least one hour/,
    ],
    [
      'an hour',
      { maintenanceWindow: { allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: [24] }] } },
      /'upgradePolicy.maintenanceWindow.allowed\[0\].hours\[0\]' must be .* 0 to 23/,
    ],
    [
      'an hour twice',
      { maintenanceWindow: { allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: [1, 1] }] } },
      /'upgradePolicy.maintenanceWindow.allowed\[0\].hours' must contain each hour only once, got 1 twice/,
    ],
    [
      'a day twice',
      { maintenanceWindow: { allowed: [1, 2].map((hour) => ({ dayOfWeek: DayOfWeek.SUNDAY, hours: [hour] })) } },
      /'upgradePolicy.maintenanceWindow.allowed' must contain each day only once, got "Sunday" twice/,
    ],
    [
      'an exception that is a day',
      { maintenanceWindow: { excluded: [{ start: '2026-12-24', end: '2026-12-26T00:00:00Z' }] } },
      /'upgradePolicy.maintenanceWindow.excluded\[0\].start' must be a date and time in UTC/,
    ],
    ['no channel', { upgradeWindow: weekly({}) }, /'upgradePolicy.upgradeWindow' must not be given without a channel/],
    [
      'a channel that is off',
      { channel: UpgradeChannel.NONE, upgradeWindow: weekly({}) },
      /'upgradePolicy.upgradeWindow' must not be given without a channel/,
    ],
    [
      'a channel of images that is off',
      { nodeOsChannel: NodeOsUpgradeChannel.NONE, nodeOsWindow: weekly({}) },
      /'upgradePolicy.nodeOsWindow' must not be given with the channel None, which ignores the window/,
    ],
    [
      'updates that follow no window',
      { nodeOsChannel: NodeOsUpgradeChannel.UNMANAGED, nodeOsWindow: weekly({}) },
      /'upgradePolicy.nodeOsWindow' must not be given with the channel Unmanaged, which ignores the window/,
    ],
  ])('are refused with %s', (_, policy, message) => {
    expect(problemsOf(policy)).toEqual([expect.stringMatching(message)]);
  });

  test('may have values that only Terraform knows', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    const schedule = MaintenanceSchedule.absoluteMonthly({
      dayOfMonth: numberValue,
      startTime: stringValue,
      startDate: stringValue,
      excludedDates: [{ start: stringValue, end: '2026-12-24' }],
    });
    new AksCluster(stack, 'cluster', {
      resourceGroup: RESOURCE_GROUP,
      clusterName: 'aks',
      upgradePolicy: {
        nodeOsWindow: schedule,
        maintenanceWindow: { allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: [numberValue, numberValue] }] },
      },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_kubernetes_cluster').maintenance_window_node_os).toMatchObject({
      start_date: expect.stringMatching(/^\$\{var\.\w+\}T00:00:00Z$/),
    });
  });
});

test.each(Object.values(UpgradeChannel))(
  'the channel "%s" goes with the updates that Azure takes with it',
  (channel) => {
    for (const nodeOsChannel of Object.values(NodeOsUpgradeChannel)) {
      const isRefused = channel === UpgradeChannel.NODE_IMAGE && nodeOsChannel !== NodeOsUpgradeChannel.NODE_IMAGE;

      expect(problemsOf({ channel, nodeOsChannel })).toEqual(
        isRefused
          ? [
              `[stack/cluster] 'upgradePolicy.nodeOsChannel' must be NodeImage with the channel "node-image", which has the same effect, got` +
                ` ${nodeOsChannel}: remove one of them`,
            ]
          : [],
      );
    }
  },
);

test('any days that follow each other are taken, and written as they are', () => {
  const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2036-12-31'), noInvalidDate: true });
  const text = (date: Date): string => date.toISOString().slice(0, 10);
  fc.assert(
    fc.property(day, day, (one, other) => {
      const range = { start: text(one), end: text(other) };
      const schedule = MaintenanceSchedule.daily({ excludedDates: [range] });

      expect(schedule._problems('window').length).toBe(range.start <= range.end ? 0 : 1);
      expect(schedule._config.notAllowed).toEqual([
        { start: `${range.start}T00:00:00Z`, end: `${range.end}T00:00:00Z` },
      ]);
    }),
  );
});
