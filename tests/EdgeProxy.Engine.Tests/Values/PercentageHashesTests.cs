using System.Text;
using EdgeProxy.Engine.Tests.Reference;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

/// <summary>The percentage hash (docs/spec/evaluation.md 6), several at a time.</summary>
public sealed class PercentageHashesTests
{
    private readonly PercentageHashes _hashes = new();

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(230)]
    [InlineData(235)]
    [InlineData(1000)]
    public void Of_AnyNumberOfOwners_AsTheInterpreterSays(int length)
    {
        var subject = new string('x', length) + "é";
        for (var count = 0; count <= PercentageHashes.MaxOwners; count++)
        {
            Check([.. Enumerable.Range(0, count).Select(i => new string('7', i % 5) + i)], subject);
        }
    }

    [Fact]
    public void Of_OneTooLong_AllOfThemAsTheInterpreterSays()
    {
        Check(["1", "2", new string('3', Md5Lanes.MaxBytes - 3), new string('4', Md5Lanes.MaxBytes - 2), "5"], "me");
    }

    [Fact]
    public void Of_FirstHashExactlyOneHundred_HashedAgain()
    {
        string[] owners = ["0", "1", "2", "3"];
        var repeated = 0;
        for (var i = 0; i < 50_000; i++)
        {
            if ((uint)(Md5.Hash(Encoding.ASCII.GetBytes($"1,{i}")) % 9999) == 9998)
            {
                repeated++;
                Check(owners, $"{i}");
            }
        }

        Assert.NotEqual(0, repeated);
    }

    private void Check(string[] owners, string subject)
    {
        var points = new double[PercentageHashes.MaxOwners];

        _hashes.Of([.. owners.Select(Encoding.UTF8.GetBytes)], Encoding.UTF8.GetBytes(subject), points);

        Assert.Equal(owners.Select(owner => ReferenceHash.Of(owner, subject)), points[..owners.Length]);
        Assert.All(points[owners.Length..], static point => Assert.Equal(0, point));
    }
}
