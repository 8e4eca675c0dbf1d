using System.Text;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <content>Running the doctor in a set-up, and reading what it says.</content>
public sealed partial class DoctorTests
{
    private const int Well = 0;
    private const int Warnings = 1;
    private const int Failures = 2;

    // A machine that runs tests need not allow thousands of connections.
    private static readonly (string Name, string Value)[] Usual = [("ENVIRONMENT_KEY_PAIRS", Pair), ("LIMITS_MAX_CONNECTIONS", "50")];

    private static async Task<FakeUpstream> StartUpstreamAsync()
    {
        var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument("ser.a-long-secret-key", Encoding.UTF8.GetBytes(Documents.Small("a-long-client-key").ToJsonString()));
        return upstream;
    }

    private static (string Name, string Value) ApiUrl(Uri address, string path = "/api/v1") => ("API_URL", new Uri(address, path).AbsoluteUri);

    /// <summary>The API behaves in some way; the doctor says so.</summary>
    private static async Task AssertUpstreamAsync(int code, string sentence, Func<HttpContext, Task> behaviour, string path = "/api/v1", params (string Name, string Value)[] variables)
    {
        await using var upstream = await StartUpstreamAsync();
        upstream.Behaviour = behaviour;
        await AssertSaysAsync(code, sentence, [ApiUrl(upstream.Address, path), .. variables]);
    }

    /// <summary>The API has a certificate; the doctor says what is wrong with it.</summary>
    private static async Task AssertTlsAsync(string sentence, TestCertificate certificate)
    {
        using var files = new CertificateFiles();
        files.Write(certificate);
        await using var upstream = await TestProxy.ServeAsync(new ProxyOptions { Tls = files.Options }, Documents.Small("env").ToJsonString());
        await AssertSaysAsync(Failures, sentence, ApiUrl(upstream.Address));
    }

    private static async Task AssertSaysAsync(int code, string sentence, params (string Name, string Value)[] variables)
    {
        var (actual, output) = await RunAsync(variables);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.Equal(code, actual);
    }

    private static Task<(int Code, string Output)> RunAsync(params (string Name, string Value)[] variables) => RunWithAsync(variables, "--host", "127.0.0.1", "--port", "0");

    private static async Task<(int Code, string Output)> RunWithAsync((string Name, string Value)[] variables, params string[] options)
    {
        using var program = EdgeProxyProcess.Start([.. Usual, .. variables], ["doctor", .. options]);
        return await ReadAsync(program);
    }

    private static async Task<(int Code, string Output)> ReadAsync(EdgeProxyProcess program)
    {
        var code = await program.ExitAsync();
        var output = await program.ReadOutputAsync();
        Assert.Equal("", await program.ReadErrorAsync());
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", output, StringComparison.Ordinal);
        return (code, output);
    }
}
