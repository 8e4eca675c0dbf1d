using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Tests.Common;

public sealed class StripedCellsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(135)]
    public async Task Add_ManyThreads_NothingLostAndEachNumberItsOwn(int count)
    {
        const int Threads = 4;
        const int Rounds = 20_000;
        var cells = new StripedCells(count);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                cells.Add(round % count, (round % count) + 1);
            }
        })));

        for (var number = 0; number < count; number++)
        {
            var times = (Rounds / count) + (number < Rounds % count ? 1 : 0);
            Assert.Equal((long)Threads * times * (number + 1), cells.Sum(number));
        }

        Assert.Equal(cells.Sum(0), cells.Take(0));
        Assert.Equal(0, cells.Sum(0));
    }
}
