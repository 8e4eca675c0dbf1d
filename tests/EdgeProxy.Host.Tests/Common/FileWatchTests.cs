using EdgeProxy.Host.Common;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Common;

/// <summary>Following files: changes arrive, whatever one look runs into.</summary>
public sealed class FileWatchTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<FileChange<string>> _changes = [];
    private bool _takes = true;
    private int _ticks;

    private string Path => _directory.Combine("file");

    public void Dispose()
    {
        _end.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Follow_FileChanges_ReadOnce()
    {
        await File.WriteAllTextAsync(Path, "one");
        var following = Follow(() => File.ReadAllText(Path));

        await LookUntilAsync(() => _changes.Count == 1);
        await File.WriteAllTextAsync(Path + ".new", "another");
        File.Move(Path + ".new", Path, overwrite: true); // a look may come between emptying a file and writing it
        await LookUntilAsync(() => _changes.Count == 2);
        await LookUntilAsync(() => _ticks > 5);

        Assert.Equal(["one", "another"], _changes.Select(static change => change.Content));
        await EndAsync(following);
    }

    [Fact]
    public async Task Follow_ChangeNotTaken_ComesAgain()
    {
        _takes = false;
        var following = Follow(() => throw new IOException("broken"));

        await LookUntilAsync(() => _changes.Count >= 3);
        await EndAsync(following);

        Assert.All(_changes, static change => Assert.Equal("broken", change.Failure));
    }

    [Fact]
    public async Task Follow_ReadHangs_SaidOnceAndTheFileIsStillFollowed()
    {
        using var answer = new ManualResetEventSlim();
        var reads = 0;
        var following = Follow(() =>
        {
            if (Interlocked.Increment(ref reads) <= 2)
            {
                answer.Wait();
            }

            return "read";
        });

        await LookUntilAsync(() => _changes.Count == 2);

        Assert.Contains("did not answer within 10 s", _changes[0].Failure, StringComparison.Ordinal);
        Assert.Equal("read", _changes[1].Content);
        answer.Set();
        await EndAsync(following);
    }

    [Fact]
    public async Task Follow_EveryReadHangs_FewThreadsAndTheFileIsFollowedWhenItAnswers()
    {
        using var answer = new ManualResetEventSlim();
        var reads = 0;
        var following = Follow(() =>
        {
            Interlocked.Increment(ref reads);
            answer.Wait();
            return "read";
        });

        await LookUntilAsync(() => _ticks > 50);
        Assert.Equal(3, Volatile.Read(ref reads));
        answer.Set();
        await LookUntilAsync(() => _changes.Exists(static change => change.Content == "read"));

        await EndAsync(following);
    }

    [Fact]
    public async Task Cancel_ReadHangs_EndsAtOnce()
    {
        using var answer = new ManualResetEventSlim();
        var isReading = false;
        var following = Follow(() =>
        {
            Volatile.Write(ref isReading, true);
            answer.Wait();
            return "read";
        });
        await LookUntilAsync(() => Volatile.Read(ref isReading));

        await EndAsync(following);
        answer.Set();
    }

    private Task Follow(Func<string> read)
    {
        var watch = new FileWatch([Path], _time) { Tick = () => Interlocked.Increment(ref _ticks) };
        return watch.FollowAsync(
            read,
            (change, _) =>
            {
                _changes.Add(change);
                return Task.FromResult(_takes);
            },
            _end.Token);
    }

    private Task LookUntilAsync(Func<bool> condition) => Patience.UntilAsync(
        () =>
        {
            _time.Advance(FileWatch.Interval);
            return condition();
        },
        "looks at the file");

    private async Task EndAsync(Task following)
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following.WaitAsync(TimeSpan.FromSeconds(4), TimeProvider.System));
    }
}
