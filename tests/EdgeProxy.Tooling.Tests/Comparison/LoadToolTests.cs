using EdgeProxy.Comparison.Load;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class LoadToolTests
{
    [Fact]
    public void Wrk_Output_IsReadFromTheLineOfTheScript()
    {
        var result = Wrk.Read("Running 3s test\nresult 1200 3 2000000 150 900 1500\nRequests/sec: 600\n");

        Assert.Equal(new LoadResult(1200, 3, TimeSpan.FromSeconds(2), Microseconds(150), Microseconds(900), Microseconds(1500)), result);
    }

    [Fact]
    public void H2Load_Log_GivesPercentilesOfWhatWasAnswered_AndCountsTheRest()
    {
        var log = Enumerable.Range(1, 1000).Reverse().Select(static time => $"1700000000000000\t200\t{time}")
            .Append("1700000000000000\t503\t5")
            .Append("1700000000000000\t-1\t7");

        var result = H2Load.Read(log, TimeSpan.FromSeconds(2));

        Assert.Equal(new LoadResult(1000, 2, TimeSpan.FromSeconds(2), Microseconds(500), Microseconds(990), Microseconds(999)), result);
    }

    [Fact]
    public void H2Load_EmptyLog_IsNoAnswerAtAll() => Assert.Equal(0, H2Load.Read([], TimeSpan.FromSeconds(2)).Requests);

    [Fact]
    public void H2Load_NotModifiedExpected_OtherAnswersAreFailures()
    {
        var result = H2Load.Read(["1700000000000000\t304\t5", "1700000000000000\t200\t7"], TimeSpan.FromSeconds(2), "304");

        Assert.Equal((1, 1), ((int)result.Requests, (int)result.Failures));
    }

    private static TimeSpan Microseconds(int count) => TimeSpan.FromMicroseconds(count);
}
