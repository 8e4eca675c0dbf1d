using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Identities;

/// <summary>Bodies are read without a JSON reader only where that makes no difference.</summary>
public sealed class PlainIdentityReaderTests
{
    private const string Usual =
        """{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"},{"trait_key":"seats","trait_value":12.5},{"trait_key":"n","trait_value":-7},{"trait_key":"vip","trait_value":true},{"trait_key":"none","trait_value":null}]}""";

    private static readonly EnvironmentSnapshot Snapshot = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString())).Snapshot;

    private static readonly string[] Usuals =
    [
        Usual,
        """{"identifier":"bob"}""",
        """{"identifier":""}""",
        """{"traits":[],"identifier":"olga"}""",
        """{"identifier": "bob", "traits": [{"trait_key": "plan", "trait_value": "pro"}, {"trait_key": "a", "trait_value": 0}]}""",
        "\r\n{ \"identifier\" : \"bob\" ,\t\"traits\" : [ { \"trait_value\" : \"pro\" , \"trait_key\" : \"plan\" } ] } \n",
        """{"identifier":"bób 😀, longer than sixteen bytes","traits":[{"trait_key":"plan","trait_value":"é","transient":true},{"trait_key":"","trait_value":""}],"transient":false}""",
        """{"identifier":"bob","traits":[{"transient":false,"trait_key":"plan","trait_value":"pro"}],"transient":true}""",
        """{"identifier":"bob","traits":[{"trait_key":"a","trait_value":-0},{"trait_key":"b","trait_value":0.10},{"trait_key":"c","trait_value":123456789012345678901234567890}]}""",
    ];

    public static TheoryData<string> UsualBodies => [.. Usuals];

    [Theory]
    [MemberData(nameof(UsualBodies))]
    public void TryRead_UsualBody_SameAsTheJsonReader(string json)
    {
        Assert.True(IsPlain(json));
        Assert.NotNull(AnswerTo(json));
        Assert.Equal(AnswerTo(MadeUnusual(json)), AnswerTo(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"identifier":null}""")]
    [InlineData("""{"identifier":"b\u006fb"}""")]
    [InlineData("{\"identifier\":\"b\u0001b\"}")]
    [InlineData("""{"identifier":"bob","identifier":"olga"}""")]
    [InlineData("""{"identifier":"bob",}""")]
    [InlineData("""{"identifier":"bob"}}""")]
    [InlineData("""{"identifier":"bob"} x""")]
    [InlineData("""{"identifier":"bob","more":1}""")]
    [InlineData("""{"identifier":"bob","transient":null}""")]
    [InlineData("""{"identifier":"bob","traits":null}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan"}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_value":"pro"}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"},]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro","trait_value":1}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":{"value":"pro"}}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":1,"trait_value":"pro"}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":01}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":1.}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":-}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":1e3}]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":truely}]}""")]
    [InlineData("""{"identifier":"bob","traits":[],"traits":[]}""")]
    public void TryRead_AnythingElse_LeavesItToTheJsonReader(string json) => Assert.False(IsPlain(json));

    [Fact]
    public void TryRead_TooLongOrTooMany_LeavesItToTheJsonReader()
    {
        Assert.False(IsPlain($$"""{"identifier":"{{new string('x', 2001)}}"}"""));
        Assert.True(IsPlain(Usual, maxTraits: 5));
        Assert.False(IsPlain(Usual, maxTraits: 4));
    }

    [Fact]
    public void TryRead_DamagedBodies_NeverAcceptsWhatTheJsonReaderDoesNot()
    {
        const string Bytes = "{}[]\",:\\ 0159.-+eEtrufalsn\u0001\té";
        var random = new Random(21);
        var accepted = 0;
        foreach (var body in Usuals)
        {
            for (var i = 0; i < 2000; i++)
            {
                var damaged = new StringBuilder(body);
                for (var changes = random.Next(1, 3); changes > 0; changes--)
                {
                    var at = random.Next(damaged.Length);
                    damaged.Remove(at, random.Next(2)).Insert(at, Bytes[random.Next(Bytes.Length)].ToString()[..random.Next(2)]);
                }

                var json = damaged.ToString();
                if (IsPlain(json))
                {
                    JsonDocument.Parse(Encoding.UTF8.GetBytes(json)).Dispose();
                    Assert.Equal(AnswerTo(MadeUnusual(json)), AnswerTo(json));
                    accepted++;
                }
            }
        }

        Assert.InRange(accepted, 1000, 17000);
    }

    [Theory]
    [MemberData(nameof(UsualBodies))]
    public void Write_TraitsAsSentOrNot_OneForm(string json)
    {
        var sent = JsonDocument.Parse(json).RootElement;
        var traits = sent.TryGetProperty("traits", out var list)
            ? list.EnumerateArray().Select(static trait => $$"""{"trait_key":{{trait.GetProperty("trait_key").GetRawText()}},"trait_value":{{trait.GetProperty("trait_value").GetRawText()}}}""")
            : [];

        Assert.Contains($"\"traits\":[{string.Join(',', traits)}],\"flags\":", AnswerTo(json), StringComparison.Ordinal);
    }

    private static bool IsPlain(string json, int maxTraits = int.MaxValue)
    {
        var request = new IdentityRequest();
        request.Frame.Begin(Snapshot);
        var isPlain = PlainIdentityReader.TryRead(Encoding.UTF8.GetBytes(json), request, takesTraits: true, maxTraits);
        Assert.True(isPlain || (request.SentTraits.IsEmpty && !request.Frame.HasIdentity && !request.IsTransient));
        return isPlain;
    }

    /// <summary>The same body with a name that only the JSON reader skips.</summary>
    private static string MadeUnusual(string json) => json.Insert(json.IndexOf('{', StringComparison.Ordinal) + 1, "\"more\":0,");

    private static string? AnswerTo(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var request = new IdentityRequest();
        request.Frame.Begin(Snapshot);
        IdentityRequestReader.Read(body, request, takesTraits: true);
        if (request.Problem is not null)
        {
            return null;
        }

        request.Frame.Evaluate();
        var answer = new IdentityAnswer(request, body, body.AsSpan(request.IdentifierToken), FlagAudience.Server, hidesTraits: false);
        var written = new byte[answer.Length];
        answer.Write(written);
        return $"{request.IsTransient} {Encoding.UTF8.GetString(written)}";
    }
}
