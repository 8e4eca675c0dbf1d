using System.Text;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Commands.Failures;

/// <content>Running the program into a failure, and reading what it writes.</content>
public sealed partial class FailureTests
{
    private static Func<HttpContext, Task> Document(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return async context => await context.Response.Body.WriteAsync(bytes);
    }

    /// <summary>The API behaves in some way.</summary>
    private static async Task AssertUpstreamLineAsync(string failure, Func<HttpContext, Task> behaviour, string path = "/api/v1", params (string Name, string Value)[] variables)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Behaviour = behaviour;
        await AssertLineAsync(failure, [("API_URL", new Uri(upstream.Address, path).AbsoluteUri), .. variables]);
    }

    /// <summary>The API has a certificate.</summary>
    private static async Task AssertTlsLineAsync(string failure, TestCertificate certificate)
    {
        using var files = new CertificateFiles();
        files.Write(certificate);
        await using var upstream = await TestProxy.ServeAsync(new ProxyOptions { Tls = files.Options }, Documents.Small("env").ToJsonString());
        await AssertLineAsync(failure, ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri));
    }

    /// <summary>The snapshot directory is a small file system of its own.</summary>
    private async Task AssertDiskLineAsync(string failure, string size, string afterMounting)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.a-long-key", Encoding.UTF8.GetBytes(Documents.Small("a-long-client-key").ToJsonString().PadRight(20_000)));
        using var program = EdgeProxyProcess.StartAs(
            "unshare",
            [
                "-rm", "sh", "-c", $"mount -t tmpfs -o {size} tmpfs \"$SNAPSHOT_DIRECTORY\"; {afterMounting} exec dotnet \"$0\" \"$@\"",
                EdgeProxyProcess.Program, "--host", "127.0.0.1", "--port", "0",
            ],
            ("SNAPSHOT_DIRECTORY", _directory.Path), ("ENVIRONMENT_KEY_PAIRS", Pair), ("API_URL", new Uri(upstream.Address, "/api/v1").AbsoluteUri));

        await AssertLineAsync(failure, program);
    }

    private static async Task AssertLineAsync(string failure, params (string Name, string Value)[] variables)
    {
        using var program = EdgeProxyProcess.Start([("ENVIRONMENT_KEY_PAIRS", Pair), .. variables], "--host", "127.0.0.1", "--port", "0");
        await AssertLineAsync(failure, program);
    }

    /// <summary>The log has the line; nothing in it before looks like an accident of the program.</summary>
    private static async Task AssertLineAsync(string failure, EdgeProxyProcess program)
    {
        var line = FailurePage.Line(failure);
        var seen = new List<string>();
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Patience.Limit && await ReadLineAsync(program) is { } text)
        {
            if (line.IsMatch(text))
            {
                Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
                await program.KillAsync();
                return;
            }

            seen.Add(text);
        }

        await program.KillAsync();
        Assert.Fail($"The line of the page is not among:\n{string.Join('\n', seen)}\n{await program.ReadErrorAsync()}");
    }

    private static async Task AssertErrorAsync(string failure, EdgeProxyProcess program)
    {
        Assert.Equal(1, await program.ExitAsync());
        Assert.Matches(FailurePage.Line(failure), (await program.ReadErrorAsync()).Trim());
    }

    private static async Task<string?> ReadLineAsync(EdgeProxyProcess program)
    {
        try
        {
            return await program.ReadLineAsync();
        }
        catch (OperationCanceledException)
        {
            return null; // nothing more came
        }
    }
}
