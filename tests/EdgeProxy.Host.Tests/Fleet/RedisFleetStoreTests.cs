using System.Text;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Fleet.Redis;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>The store on a real server.</summary>
public sealed class RedisFleetStoreTests : FleetStoreContract, IAsyncLifetime
{
    private readonly RedisFleetStore _store;
    private readonly string _id = Guid.NewGuid().ToString("N");

    public RedisFleetStoreTests()
        : this(StoreServer.Connect(StoreServer.NewPrefix()))
    {
    }

    private RedisFleetStoreTests(RedisFleetStore store)
        : base(store)
    {
        _store = store;
    }

    /// <inheritdoc/>
    protected override int Parallelism => 100;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Subscribe_WrittenByAnother_RevisionAnnounced()
    {
        var prefix = StoreServer.NewPrefix();
        await using var writer = StoreServer.Connect(prefix);
        await using var reader = StoreServer.Connect(prefix);
        var announced = new TaskCompletionSource<string>();
        reader.Subscribe(_id, revision => announced.TrySetResult(revision));

        // Until the subscription is there.
        for (var i = 1; !announced.Task.IsCompleted; i++)
        {
            await writer.WriteAsync(_id, Write(new FleetVersion($"r{i}", i)));
            await Task.WhenAny(announced.Task, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
            Assert.True(i < 1000);
        }

        Assert.StartsWith("r", await announced.Task, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_WrongType_Failure()
    {
        var prefix = StoreServer.NewPrefix();
        await using var store = StoreServer.Connect(prefix);
        await using var connection = await StoreServer.OpenAsync();
        await connection.GetDatabase().StringSetAsync($"{{{prefix}:{_id}}}:document", "text");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => store.LookAsync(_id, LeaseBid.None));

        Assert.Contains("WRONGTYPE", store.Describe(failure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Document_GoneAfterThirtyDaysWithoutConfirmation()
    {
        var prefix = StoreServer.NewPrefix();
        await using var store = StoreServer.Connect(prefix);
        await using var connection = await StoreServer.OpenAsync();
        await store.WriteAsync(_id, Write(new FleetVersion("r1", 5)));
        await connection.GetDatabase().KeyPersistAsync($"{{{prefix}:{_id}}}:document");

        await store.ReportAsync(_id, new PollReport("r1", Token: null, Error: null, Started: 0), 1_790_000_000_000);

        var left = await connection.GetDatabase().KeyTimeToLiveAsync($"{{{prefix}:{_id}}}:document");
        Assert.InRange(left!.Value.TotalDays, 29.9, 30);
    }

    private static DocumentWrite Write(FleetVersion version) =>
        new(version, Encoding.UTF8.GetBytes("payload"), "writer", Token: null, ConfirmedAt: null);
}
