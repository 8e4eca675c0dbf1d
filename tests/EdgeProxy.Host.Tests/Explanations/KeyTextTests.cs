using EdgeProxy.Host.Explanations;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>Explanations have no whole key, wherever a document or an identity brings it in.</summary>
public sealed class KeyTextTests
{
    private const string Key = "n9fbf9h3v4fFgH3U3ngWhb";

    [Theory]
    [InlineData("identity key \"" + Key + "_ada\" is one of " + Key + "_ada, " + Key + "_bob", "identity key \"n9fbf9h3…_ada\" is one of n9fbf9h3…_ada, n9fbf9h3…_bob")]
    [InlineData("identity key does not match ^" + Key + "_", "identity key does not match ^n9fbf9h3…_")]
    [InlineData("plan \"pro\" is \"pro\"", "plan \"pro\" is \"pro\"")]
    public void OfSentence_Key_MaskedWhereverItIs(string sentence, string expected) => Assert.Equal(expected, new KeyText(Key).OfSentence(sentence));

    [Fact]
    public void OfSentence_KeyAsShortAsAWord_MaskedInQuotesOnly() =>
        Assert.Equal("is on: \"o…_ada\" is not \"o…\"", new KeyText("on").OfSentence("is on: \"on_ada\" is not \"on\""));

    [Theory]
    [InlineData(Key, "n9fbf9h3…")]
    [InlineData(Key + "_ada", "n9fbf9h3…_ada")]
    [InlineData("ada," + Key + "_ada", "ada,n9fbf9h3…_ada")]
    [InlineData("pro,enterprise", "pro,enterprise")]
    public void OfOperand_Key_MaskedWhereverItIs(string operand, string expected) => Assert.Equal(expected, new KeyText(Key).OfOperand(operand));
}
