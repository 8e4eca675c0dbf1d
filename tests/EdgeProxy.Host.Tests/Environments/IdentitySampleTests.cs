using System.Text;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;

namespace EdgeProxy.Host.Tests.Environments;

/// <summary>docs/spec/changes.md 4.1: which identities are in the sample.</summary>
public sealed class IdentitySampleTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Offer_SameIdentity_KeptOnceWithItsLatestBody()
    {
        var sample = new IdentitySample(100, _time);
        Offer(sample, "ada", "first");
        Offer(sample, "ada", "second");

        Assert.Equal(1, sample.Count);
        Assert.Equal(["second"], Bodies(sample));
    }

    [Fact]
    public void Offer_BusyIdentityAmongMany_NoMoreLikelyThanOthers()
    {
        var kept = 0;
        for (var round = 0; round < 400; round++)
        {
            var sample = new IdentitySample(10, _time);
            for (var i = 0; i < 100; i++)
            {
                Offer(sample, $"identity {i}", $"identity {i}");
                Offer(sample, "busy", "busy");
            }

            kept += Bodies(sample).Contains("busy") ? 1 : 0;
        }

        Assert.InRange(kept, 10, 70); // a tenth of the rounds are 40, with a deviation of 6
    }

    [Fact]
    public void Offer_NotSeenForLong_GivesWay()
    {
        var sample = new IdentitySample(1, _time);
        for (var i = 0; i < 50; i++)
        {
            Offer(sample, $"old {i}", "old");
        }

        _time.Advance(IdentitySample.Memory);
        Assert.Empty(Bodies(sample));
        Offer(sample, "new", "new");

        Assert.Equal(["new"], Bodies(sample));
    }

    [Fact]
    public void Offer_TooLarge_NotKept()
    {
        var sample = new IdentitySample(10, _time);
        Offer(sample, "ada", new string('x', IdentitySample.MaxBytes + 1));

        Assert.Equal(0, sample.Count);
    }

    [Fact]
    public void Offer_Always_AllocatesNothing()
    {
        var sample = new IdentitySample(4, _time);
        var identities = Enumerable.Range(0, 100).Select(static i => Encoding.UTF8.GetBytes($"identity {i}")).ToArray();
        var next = 0;

        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            var identity = identities[next++ % identities.Length];
            sample.Offer(SampledRequestKind.Identity, FlagAudience.Server, identity, identity);
        }));
    }

    [Fact]
    public async Task Read_WhileOffered_WholeBodies()
    {
        var sample = new IdentitySample(2, _time);
        using var end = new CancellationTokenSource();
        var offering = Task.Run(() =>
        {
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                Offer(sample, $"identity {i % 50}", new string((char)('a' + (i % 26)), 1 + (i % 2000)));
            }
        });
        for (var i = 0; i < 2000; i++)
        {
            Assert.All(Bodies(sample), static body => Assert.Single(body.Distinct()));
        }

        await end.CancelAsync();
        await offering;
    }

    private static void Offer(IdentitySample sample, string identity, string body) =>
        sample.Offer(SampledRequestKind.Identity, FlagAudience.Server, Encoding.UTF8.GetBytes(identity), Encoding.UTF8.GetBytes(body));

    private static List<string> Bodies(IdentitySample sample) => [.. sample.Read().Select(static request => Encoding.UTF8.GetString(request.Body.Span))];
}
