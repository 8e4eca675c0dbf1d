using EdgeProxy.Host.Testing;
using EdgeProxy.Tools;
using EdgeProxy.Tools.Golden;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Tooling.Tests.Tools.Golden;

public sealed class GoldenCommandTests : IDisposable
{
    private const string Recorded = """
        {"environment":{},"client_key":"demo","server_key":"ser.demo","exchanges":[
          {"method":"POST","target":"/api/v1/identities/","key":"demo","body":{"identifier":"\u00e9"},"status":200,"response":{"flags":[]}},
          {"method":"GET","target":"/api/v1/flags/?feature=x","key":"demo","body":null,"status":404,"response":{"message":"none"}}]}
        """;

    private readonly TemporaryDirectory _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task RunAsync_AnswersAsRecorded_Passes()
    {
        await using var proxy = await StartAsync("""{"message":"none"}""");
        await File.WriteAllTextAsync(_folder.Combine("one.json"), Recorded);

        Assert.Equal(0, await GoldenCommand.RunAsync(new DirectoryInfo(_folder.Path), proxy.Address, isStrict: true, show: 5, _output));
        Assert.Equal("2 answers as recorded, 0 not", _output.ToString().TrimEnd());
        Assert.Equal("""{"identifier":"\u00e9"}""", proxy.Requests.First().Body);
        Assert.Equal("demo", proxy.Requests.First().Headers["X-Environment-Key"]);
    }

    [Fact]
    public async Task RunAsync_AnotherAnswer_FailsAndShowsIt()
    {
        await using var proxy = await StartAsync("""{"message":"another"}""");
        await File.WriteAllTextAsync(_folder.Combine("one.json"), Recorded);

        Assert.Equal(1, await GoldenCommand.RunAsync(new DirectoryInfo(_folder.Path), proxy.Address, isStrict: false, show: 5, _output));
        Assert.Contains("one.json[1] GET /api/v1/flags/?feature=x", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("$.message is \"another\", expected \"none\"", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("1 answers as recorded, 1 not", _output.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Address_IsTaken()
    {
        var result = ToolCommands.Root().Parse($"golden {_folder.Path} --url http://127.0.0.1:8123 --strict");

        Assert.Empty(result.Errors);
        Assert.Equal(new Uri("http://127.0.0.1:8123"), result.GetValue<Uri>("--url"));
        Assert.NotEmpty(ToolCommands.Root().Parse($"golden {_folder.Path} --url nowhere").Errors);
    }

    [Fact]
    public async Task RunAsync_NoRecording_Fails() =>
        Assert.Equal(1, await GoldenCommand.RunAsync(new DirectoryInfo(_folder.Path), new Uri("http://127.0.0.1:1"), isStrict: false, show: 5, _output));

    private static async Task<FakeUpstream> StartAsync(string notFound)
    {
        var proxy = await FakeUpstream.StartAsync();
        proxy.Behaviour = context =>
        {
            context.Response.StatusCode = context.Request.Method == "POST" ? 200 : 404;
            return context.Response.WriteAsync(context.Request.Method == "POST" ? """{"flags":[]}""" : notFound);
        };
        return proxy;
    }
}
