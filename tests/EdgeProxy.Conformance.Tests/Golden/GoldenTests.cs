using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>Every recorded request is answered as it was recorded: status, and body by value.</summary>
public sealed class GoldenTests(GoldenProxy proxy) : IClassFixture<GoldenProxy>
{
    public static TheoryData<string> Recordings => [.. GoldenProxy.Recordings.Select(static path => Path.GetFileName(path))];

    [Fact]
    public void Recordings_AllThere()
    {
        Assert.Equal(70, GoldenProxy.Recordings.Count);
        Assert.Equal(3618, GoldenProxy.Recordings.Sum(static path => Recording.Read(path).Exchanges.Count));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Send_RecordedRequest_AnsweredAlike(string name)
    {
        var failures = new List<string>();

        await new GoldenRun(proxy.Client, isStrict: true).CheckAsync(Recording.Read(GoldenProxy.PathOf(name)), failures.Add);

        Assert.Empty(failures);
    }
}
