using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Fleet.Simulation;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>One environment of one member, beside a store in memory.</summary>
public sealed class FleetEnvironmentTests
{
    private readonly SimulatedServer _store = new(TimeProvider.System);
    private readonly CountedCompilation _compilation = new();
    private readonly SealedEnvironment _sealed = new("ser.env");

    /// <summary>Other members serve it already: it must not wait behind the documents of other environments.</summary>
    [Fact]
    public async Task Run_DocumentThatAnotherMemberServes_CompiledAheadOfOthers()
    {
        using var member = Create();
        await WriteAsync(FleetFixture.Document("first", 0));
        await member.RestoreAsync(isLast: true, CancellationToken.None);
        Assert.Equal((1, 0), (_compilation.Usual, _compilation.Urgent));
        var second = FleetFixture.Document("second", 1);
        await WriteAsync(second);
        using var end = new CancellationTokenSource();

        var running = member.RunAsync(end.Token);
        await Patience.UntilAsync(() => member.Served?.Revision == DocumentPosition.RevisionOf(second), "the second document");
        await end.CancelAsync();
        await running;

        Assert.Equal((1, 1), (_compilation.Usual, _compilation.Urgent));
    }

    private FleetEnvironment Create()
    {
        var publisher = new EnvironmentPublisher(
            _compilation,
            new DocumentAdmission(new DocumentOptions(), new MemoryLimit(long.MaxValue, "test"), TimeProvider.System, NullLogger<DocumentAdmission>.Instance),
            TimeProvider.System,
            NullLogger<EnvironmentPublisher>.Instance);
        var store = new GuardedStore(
            _store, "test", Patience.Limit, new FleetMetrics(), new StoreTroubleLog("test", TimeProvider.System, NullLogger<StoreTroubleLog>.Instance), TimeProvider.System);
        var settings = new FleetSettings("member", FleetPolling.Never, TimeSpan.FromSeconds(1), RollbackConfirmations: 3, 1 << 20, "test", MaxSkew: null, "start");
        var context = new FleetContext(store, settings, publisher, TimeProvider.System, static () => 0.5, NullLoggerFactory.Instance);
        return context.Open(new EnvironmentState("env", _sealed.ServerSideKey, EnvironmentKind.Configured));
    }

    private async Task WriteAsync(byte[] document)
    {
        var version = FleetVersion.Of(DocumentPosition.Of(document));
        var payload = _sealed.Encrypt(version, document, FetchConditions.None);
        Assert.Equal(WriteOutcome.Written, await _store.WriteAsync(_sealed.Id, new DocumentWrite(version, payload, "other", Token: null, ConfirmedAt: null)));
    }

    private sealed class CountedCompilation : ICompilationQueue
    {
        private readonly InlineCompilation _compilation = new();

        public int Usual { get; private set; }

        public int Urgent { get; private set; }

        public Task<T> RunAsync<T>(Func<T> compilation, CancellationToken cancellationToken)
        {
            Usual++;
            return _compilation.RunAsync(compilation, cancellationToken);
        }

        public Task<T> RunUrgentlyAsync<T>(Func<T> compilation, CancellationToken cancellationToken)
        {
            Urgent++;
            return _compilation.RunUrgentlyAsync(compilation, cancellationToken);
        }
    }
}
