namespace EdgeProxy.Engine.Tests.Reference;

public sealed class ReferenceHashTests
{
    /// <summary>From Python: <c>int(md5(",".join(ids).encode()).hexdigest(), 16) % 9999 / 9998 * 100</c>.</summary>
    public static TheoryData<string[], double> Vectors => new()
    {
        { ["1"], 9.041808361672334 },
        { ["1", "2"], 26.59531906381276 },
        { [""], 35.40708141628326 },
        { ["", ""], 51.200240048009604 },
        { ["a", "b"], 56.72134426885377 },
        { ["a,b"], 56.72134426885377 },
        { ["12345", "test_env_foobar"], 51.990398079615915 },
        { ["78986", "test_env_foobar"], 54.53090618123625 },
        { ["78986", "32103813"], 49.27985597119424 },
        { ["segment", "\u00fcn\u00ef"], 31.74634926985397 },
        { ["segment", "\u30b5\u30a4\u30ba"], 52.20044008801761 },
        { ["segment", "\U0001d4b3"], 25.565113022604518 },
        { ["7", "True"], 55.09101820364073 },
        { ["7", "1e-07"], 12.142428485697138 },
        { ["1", "user_3819"], 0.0 },
        { ["1", "user_16134"], 0.010002000400080016 },
        { ["1", "user_16419"], 50.0 },
        { ["1", "user_10706"], 99.98999799959992 },
    };

    /// <summary>The same from ids whose first hash is exactly 100.</summary>
    public static TheoryData<string[], double> VectorsHashedAgain => new()
    {
        { ["1", "user_22522"], 5.781156231246249 },
        { ["1", "user_27847"], 50.69013802760553 },
        { ["1", "user_36264"], 70.01400280056012 },
        { ["42", "user_11386"], 22.204440888177636 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    [MemberData(nameof(VectorsHashedAgain))]
    public void Of_KnownIds_IsWhatPythonSays(string[] ids, double expected)
    {
        Assert.Equal(expected, ReferenceHash.Of(ids));
    }

    [Theory]
    [MemberData(nameof(VectorsHashedAgain))]
    public void Of_FirstHashOneHundred_IsTheHashOfTheIdsTwice(string[] ids, double expected)
    {
        Assert.Equal(expected, ReferenceHash.Of([.. ids, .. ids]));
    }
}
