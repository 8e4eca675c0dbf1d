using System.Buffers;
using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;

namespace EdgeProxy.Host.Tests.Http.Identities;

/// <summary>Reading a body, evaluating, and writing the answer, compressed or not, allocate nothing in steady state.</summary>
public sealed class IdentityAllocationTests
{
    [AllocationTheory]
    [InlineData("""{"identifier":"bob"}""")]
    [InlineData("""{"identifier":"olga","traits":[]}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"},{"trait_key":"seats","trait_value":12.5},{"trait_key":"vip","trait_value":true},{"trait_key":"none","trait_value":null}]}""")]
    [InlineData("""{"traits":[{"trait_value":"\u0070ro\n","trait_key":"pl\u0061n"},{"trait_key":"\ud83d\ude00","trait_value":"\"é\" \\ 😀"}],"identifier":"b\u00f3b 😀","transient":true,"more":{"a":[1,2,{}]}}""")]
    [InlineData("""{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"007"},{"trait_key":"plan","trait_value":123456789012345678901234567890},{"trait_key":"plan","trait_value":-1.5e-7}]}""")]
    public void ReadEvaluateWrite_AnyBody_NotOneByte(string json)
    {
        var snapshot = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString())).Snapshot;
        var body = Encoding.UTF8.GetBytes(json);
        var request = new IdentityRequest();
        var answer = new byte[16 * 1024];

        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            request.Frame.Begin(snapshot);
            IdentityRequestReader.Read(body, request, takesTraits: true);
            Assert.Null(request.Problem);
            request.Frame.Evaluate();
            new IdentityAnswer(request, body, body.AsSpan(request.IdentifierToken), FlagAudience.Client, hidesTraits: false).Write(answer);
            Assert.True(request.TryReset());
        }));
    }

    [AllocationTheory]
    [InlineData("Gzip")]
    [InlineData("Brotli")]
    public void Compress_AnyCoding_NotOneByte(string name)
    {
        var coding = Enum.Parse<ContentCoding>(name);
        var document = Documents.Small("env");
        document["feature_states"]![1]!["feature_state_value"] = new string('x', 2000);
        var snapshot = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(document.ToJsonString())).Snapshot;
        var body = """{"identifier":"bob","traits":[{"trait_key":"plan","trait_value":"pro"}]}"""u8.ToArray();
        var request = new IdentityRequest();
        request.Frame.Begin(snapshot);
        IdentityRequestReader.Read(body, request, takesTraits: true);
        request.Frame.Evaluate();

        Assert.Equal(0, AllocationMeter.Measure(
            () =>
            {
                var answer = new IdentityAnswer(request, body, body.AsSpan(request.IdentifierToken), FlagAudience.Client, hidesTraits: false);
                var room = ArrayPool<byte>.Shared.Rent(AnswerCompressor.Measure(in answer, coding));
                Assert.True(AnswerCompressor.Write(in answer, coding, room) < answer.Length);
                ArrayPool<byte>.Shared.Return(room);
            },
            runs: 300));
    }
}
