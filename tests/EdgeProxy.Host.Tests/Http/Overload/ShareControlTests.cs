using EdgeProxy.Host.Http.Overload;

namespace EdgeProxy.Host.Tests.Http.Overload;

/// <summary>What share of the requests is taken.</summary>
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
        var least = _control.Share;
        Note(1, TimeSpan.Zero);
        Assert.InRange(_control.Share, least + 1, LoadShedder.All / 8);
        Note(200, TimeSpan.Zero);
        Assert.Equal(LoadShedder.All, _control.Share);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Note_ManyTimesWhatCanBeAnswered_FindsTheShareThatCan(int load)
    {
        // A queue that grows by what is taken beyond what can be answered, look by look.
        var queue = TimeSpan.Zero;
        var look = TimeSpan.FromMilliseconds(25);
        var taken = 0.0;
        const int Looks = 4000;
        for (var i = 0; i < Looks; i++)
        {
            var share = (double)_control.Share / LoadShedder.All;
            queue += look * ((share * load) - 1);
            queue = queue > TimeSpan.Zero ? queue : TimeSpan.Zero;
            _control.Note(queue);
            if (i > Looks / 2)
            {
                Assert.InRange(queue, TimeSpan.Zero, 6 * Most);
                taken += share / (Looks / 2);
            }
        }

        Assert.InRange(taken * load, 0.7, 1.1);
    }

    private void Note(int times, TimeSpan delay)
    {
        for (var i = 0; i < times; i++)
        {
            _control.Note(delay);
        }
    }
}
