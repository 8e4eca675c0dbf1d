using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;

namespace EdgeProxy.Host.Tests.Http.Identities;

/// <summary>Reading a body, evaluating, and writing the answer allocate nothing in steady state.</summary>
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
}
