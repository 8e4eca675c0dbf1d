using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Tests.Http.Overload;

/// <summary>The accepted share of requests.</summary>
public sealed class ShareControlTests
{
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(50);

    private readonly ShareControl _control = new(Most);

    [Fact]
    public void Note_QueueThatComesAndGoes_AllTaken()
    {
        for (var i = 0; i < 100; i++)
        {
            Note(ShareControl.Patience - 1, 10 * Most);
            Note(1, Most);
            Assert.Equal(LoadShedder.All, _control.Share);
        }
    }

    [Fact]
    public void Note_QueueThatStands_LessAndLessTakenButNeverNone()
    {
        Note(ShareControl.Patience, 2 * Most);
        Assert.InRange(_control.Share, 1, LoadShedder.All - 1);
        var first = _control.Share;
        Note(1, 3 * Most);
        Assert.InRange(_control.Share, 1, first - 1);
        Note(1000, 3 * Most);
        Assert.InRange(_control.Share, 1, LoadShedder.All / 16);
    }

    [Fact]
    public void Note_QueueIsGone_AllTakenAgainBitByBit()
    {
        Note(1000, 3 * Most);

        for (var looks = 0; _control.Share < LoadShedder.All; looks++)
        {
            var before = _control.Share;
            Note(1, TimeSpan.Zero);
            Assert.InRange(_control.Share, before + 1, before + (LoadShedder.All / 4));
            Assert.InRange(looks, 0, 200);
        }
    }

    [Fact]
    public void Note_FewTurnedAwayAndTheQueueGone_NoneTurnedAwayForNothing()
    {
        Note(ShareControl.Patience, 1.2 * Most);
        Assert.InRange(_control.Share, 1, LoadShedder.All - 1);

        Note(2, TimeSpan.Zero);

        Assert.Equal(LoadShedder.All, _control.Share);
    }

    [Theory]
    [InlineData(1.2, 0.1, 0.98)]
    [InlineData(2, 0, 1)]
    [InlineData(3, 0, 1)]
    [InlineData(3, 0.12, 0.73)]
    [InlineData(10, 0, 1)]
    public void Note_ManyTimesWhatCanBeAnswered_QueueIsAsLongAsItMayBe(double load, double costOfRefusing, double answered)
    {
        // What is left when all others are turned away and the time that takes is gone.
        var queue = new SimulatedQueue(load, costOfRefusing);
        const int Looks = 4000;
        var sum = 0.0;
        for (var i = 0; i < Looks; i++)
        {
            queue.Pass(_control);
            if (i >= Looks / 4)
            {
                Assert.InRange(queue.Delay, 0.5 * Most, 1.5 * Most);
                sum += queue.Answered;
            }
        }

        Assert.Equal(answered, sum / (Looks * 3 / 4), 0.02);
    }

    [Theory]
    [InlineData(3, 0.25)]
    [InlineData(3, 0.3)]
    [InlineData(3, 0.5)]
    [InlineData(3, 0.9)]
    [InlineData(10, 0.05)]
    [InlineData(10, 0.1)]
    [InlineData(10, 0.5)]
    [InlineData(30, 0.1)]
    public void Note_RefusingCostsTooMuch_AtLeastHalfIsAnswered(double load, double costOfRefusing)
    {
        var queue = new SimulatedQueue(load, costOfRefusing);
        const int Looks = 4000;
        var sum = 0.0;
        for (var i = 0; i < Looks; i++)
        {
            queue.Pass(_control);
            sum += i >= Looks / 4 ? queue.Answered : 0;
        }

        Assert.InRange(sum / (Looks * 3 / 4), 0.5, 1);
    }

    [Fact]
    public void Note_RefusingHelpsAgain_AsMuchRefusedAsMustBe()
    {
        var hopeless = new SimulatedQueue(load: 3, costOfRefusing: 0.9);
        for (var i = 0; i < 1000; i++)
        {
            hopeless.Pass(_control);
        }

        Note(100, TimeSpan.Zero);
        var queue = new SimulatedQueue(load: 2, costOfRefusing: 0);
        for (var i = 0; i < 4000; i++)
        {
            queue.Pass(_control);
        }

        Assert.InRange(queue.Delay, 0.5 * Most, 1.5 * Most);
    }

    private void Note(int times, TimeSpan delay)
    {
        for (var i = 0; i < times; i++)
        {
            _control.Note(delay, answered: 0);
        }
    }
}
