using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>
/// A fleet and the world around it, with everything that goes wrong there: all of it follows from one seed. Faults happen
/// for a time; then they stop, and all members have to agree.
/// </summary>
internal sealed class SimulatedWorld
{
    /// <summary>The poll interval of every member.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);

    // After the faults: leases run out, members look, held back documents are confirmed.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Spreading = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(200);

    private readonly List<string> _violations = [];
    private readonly List<SimulatedMember> _members = [];
    private readonly IncrementalHash _trace = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SimulatedContext _context;
    private readonly double _faultsPerMinute;
    private readonly double _changesPerMinute;
    private Dictionary<string, StoredPayload> _backup = new(StringComparer.Ordinal);

    /// <param name="seed">The seed that everything follows from.</param>
    /// <param name="members">The number of members.</param>
    /// <param name="faults">The fault that is put in on purpose.</param>
    /// <param name="faultsPerMinute">The number of events of any kind that go wrong.</param>
    /// <param name="changesPerMinute">The number of changes of the document.</param>
    public SimulatedWorld(int seed, int members, DeliberateFault faults = DeliberateFault.None, double faultsPerMinute = 6, double changesPerMinute = 3)
    {
        Faults = faults;
        Random = new Random(seed);
        _faultsPerMinute = faultsPerMinute;
        _changesPerMinute = changesPerMinute;
        Time = Clock.For(TimeSpan.Zero);
        _context = new SimulatedContext(Clock);
        Network = new SimulatedNetwork(Random, Clock);
        Server = new SimulatedServer(Time) { IsFenced = faults != DeliberateFault.NoFencing, Accepted = CheckFencing };
        Upstream = new SimulatedUpstream(Clock, Random);
        for (var i = 0; i < members; i++)
        {
            _members.Add(new SimulatedMember(this, string.Create(CultureInfo.InvariantCulture, $"member{i}"), hasDisk: Random.Next(2) == 0));
        }
    }

    /// <summary>The fault that is put in on purpose.</summary>
    public DeliberateFault Faults { get; }

    /// <summary>The source of all chance.</summary>
    public Random Random { get; }

    /// <summary>The clock.</summary>
    public SimulatedClock Clock { get; } = new();

    /// <summary>The same for those without skew.</summary>
    public TimeProvider Time { get; }

    /// <summary>The network.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>The server of the store.</summary>
    public SimulatedServer Server { get; }

    /// <summary>The upstream.</summary>
    public SimulatedUpstream Upstream { get; }

    /// <summary>Indicates whether the store refuses connections.</summary>
    public bool IsStoreDown { get; private set; }

    /// <summary>The time at which the store answers again, in ticks.</summary>
    public long StoreFrozenUntil { get; private set; }

    /// <summary>Receives what happens, in words; null to leave that out.</summary>
    public Action<string>? Tracing { get; init; }

    /// <summary>Runs it.</summary>
    /// <param name="faulty">The duration of faults.</param>
    /// <returns>The violations; empty if there was none.</returns>
    public IReadOnlyList<string> Run(TimeSpan faulty)
    {
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(_context);
            foreach (var member in _members)
            {
                At(TimeSpan.FromSeconds(20 * Random.NextDouble()), member.Start);
            }

            Network.IsFaulty = true;
            Upstream.HasLag = true;
            _context.Begin(() => GoWrongAsync(faulty));
            _context.Begin(() => ChangeAsync(faulty));
            RunUntil(faulty);
            Heal();
            RunUntil(faulty + Settling);
            CheckAgreement($"{Settling.TotalSeconds} s after the last fault");
            var requests = Upstream.Requests;
            RunUntil(faulty + Settling + Quiet);
            var sent = Upstream.Requests - requests;
            var maxOfOne = (Quiet / (PollInterval * 0.9)) + 1;
            if (sent > maxOfOne)
            {
                _violations.Add($"{sent} requests to the upstream in {Quiet.TotalSeconds} s without faults; one member sends at most {maxOfOne:0}");
            }

            Upstream.Change(isSameTime: false);
            RunUntil(faulty + Settling + Quiet + Spreading);
            CheckAgreement($"{Spreading.TotalSeconds} s after a change");
            return _violations;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>A digest of all that happened: the same for the same seed.</summary>
    public string Trace() => Convert.ToHexString(_trace.GetCurrentHash());

    /// <summary>Records what a member serves.</summary>
    public void Note(string member, string revision) =>
        _trace.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Clock.Now} {Clock.Steps} {member} {revision}\n")));

    /// <summary>Records that something did not hold.</summary>
    public void Violated(string violation)
    {
        Say(violation);
        _violations.Add(string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(Clock.Now).TotalSeconds:0.000} s: {violation}"));
    }

    /// <summary>Says what happens.</summary>
    public void Say(string what) => Tracing?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(Clock.Now).TotalSeconds:0.000} {what}"));

    private void RunUntil(TimeSpan end)
    {
        Clock.RunUntil(end);
        SynchronizationContext.SetSynchronizationContext(_context);
    }

    private void At(TimeSpan time, Action what) => _context.Begin(async () =>
    {
        await Task.Delay(time, Time);
        what();
        SynchronizationContext.SetSynchronizationContext(_context);
    });

    private async Task ChangeAsync(TimeSpan until)
    {
        while (true)
        {
            await Task.Delay(Wait(_changesPerMinute), Time);
            if (Clock.Now > until.Ticks)
            {
                return;
            }

            switch (Random.Next(20))
            {
                case 0:
                    Upstream.RollBack();
                    Say($"rollback to {Upstream.Latest.Revision}");
                    await Task.Delay(TimeSpan.FromSeconds(90), Time); // nobody edits while a database is being restored
                    break;
                case < 6:
                    Upstream.Change(isSameTime: true);
                    Say($"change {Upstream.Count - 1} of the same time: {Upstream.Latest.Revision}");
                    break;
                default:
                    Upstream.Change(isSameTime: false);
                    Say($"change {Upstream.Count - 1}: {Upstream.Latest.Revision}");
                    break;
            }
        }
    }

    private async Task GoWrongAsync(TimeSpan until)
    {
        while (true)
        {
            await Task.Delay(Wait(_faultsPerMinute), Time);
            if (Clock.Now > until.Ticks)
            {
                return;
            }

            GoWrong(Random.Next(14), _members[Random.Next(_members.Count)], TimeSpan.FromSeconds(3 + (50 * Random.NextDouble())));
            SynchronizationContext.SetSynchronizationContext(_context);
        }
    }

    private void GoWrong(int fault, SimulatedMember member, TimeSpan time)
    {
        Say($"fault {fault} for {time.TotalSeconds:0.0} s at {member.Name}");
        switch (fault)
        {
            case 0 or 1 when member.IsRunning:
                member.Crash();
                At(time, member.Start);
                break;
            case 2 when member.IsRunning:
                member.Stop();
                At(time, member.Start);
                break;
            case 3 or 4:
                member.StoreLink.IsCut = true;
                At(time, () => member.StoreLink.IsCut = false);
                break;
            case 5:
                member.UpstreamLink.IsCut = true;
                At(time, () => member.UpstreamLink.IsCut = false);
                break;
            case 6 when _members.Find(static one => one.IsHolder) is { } holder:
                holder.StoreLink.IsCut = true;
                At(time, () => holder.StoreLink.IsCut = false);
                break;
            case 7:
                IsStoreDown = true;
                At(time, () => IsStoreDown = false);
                break;
            case 8:
                StoreFrozenUntil = Clock.Now + time.Ticks;
                break;
            case 9:
                Server.Flush();
                break;
            case 10:
                Server.Restore(_backup);
                break;
            case 11:
                _backup = Server.Backup();
                break;
            case 12:
                Upstream.IsDown = true;
                At(time, () => Upstream.IsDown = false);
                break;
            case 13:
                Server.Forge(Random, _backup);
                break;
            default:
                break;
        }
    }

    private void Heal()
    {
        Network.IsFaulty = false;
        Upstream.HasLag = false;
        Upstream.IsDown = false;
        IsStoreDown = false;
        StoreFrozenUntil = 0;
        foreach (var member in _members)
        {
            member.StoreLink.IsCut = false;
            member.UpstreamLink.IsCut = false;
            if (!member.IsRunning)
            {
                member.Start();
            }
        }

        SynchronizationContext.SetSynchronizationContext(_context);
    }

    /// <summary>Checks that only the holder of the lease decides between documents that their times do not order.</summary>
    private void CheckFencing(DocumentWrite write, FleetEntry? before, string? holder)
    {
        if (before is not null && before.Version.Revision != write.Version.Revision && before.Version.UpdatedAt == write.Version.UpdatedAt
            && before.Version.Epoch == write.Version.Epoch && (write.Token is null || write.Token != holder))
        {
            Violated($"{write.Writer} replaced {before.Version.Revision} by {write.Version.Revision}, of the same time, with the lease {write.Token ?? "of nobody"} while {holder ?? "nobody"} held it");
        }
    }

    private void CheckAgreement(string when)
    {
        foreach (var group in _members.Where(member => member.Revision != Upstream.Latest.Revision).GroupBy(static member => member.Revision))
        {
            Violated($"{when}, {group.Count()} of {_members.Count} members serve {group.Key ?? "nothing"} instead of {Upstream.Latest.Revision}");
        }
    }

    private TimeSpan Wait(double perMinute) => TimeSpan.FromMinutes(-Math.Log(1 - Random.NextDouble()) / perMinute);
}
