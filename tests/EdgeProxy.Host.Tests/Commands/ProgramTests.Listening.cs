using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <content>Listening, and errors of listening.</content>
public sealed partial class ProgramTests
{
    [Fact]
    public async Task Health_ProxyWithTls_Asked()
    {
        using var directory = new TemporaryDirectory();
        var tls = WriteCertificate(directory);
        using var program = EdgeProxyProcess.Start(tls, "--demo", "--host", "127.0.0.1", "--port", "0");
        var address = await program.ReadAddressAsync();
        Assert.Equal(Uri.UriSchemeHttps, address.Scheme);

        await Patience.UntilAsync(
            async () =>
            {
                // What the container's environment says of proxies is not for its own health check.
                using var health = EdgeProxyProcess.Start(
                    [.. tls, ("HTTPS_PROXY", "http://127.0.0.1:1"), ("HTTP_PROXY", "http://127.0.0.1:1")],
                    "health", "--demo", "--host", "127.0.0.1", "--port", $"{address.Port}");
                return await health.ExitAsync() == 0 && (await health.ReadOutputAsync()).Contains("\"ok\"", StringComparison.Ordinal);
            },
            "readiness");
        Assert.Equal(0, await program.StopAsync());
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("check-config")]
    public async Task Start_CertificateMissing_ExitsWithAPlainWord(string command)
    {
        using var directory = new TemporaryDirectory();
        var tls = WriteCertificate(directory);
        File.Delete(directory.Combine("tls.crt"));
        using var program = EdgeProxyProcess.Start(tls, command, "--demo");

        await AssertFailsAsync(program, $"server.tls.certificate_file: {directory.Combine("tls.crt")} cannot be read");
    }

    [Fact]
    public async Task Serve_KeyOfAnotherCertificate_ExitsWithAPlainWord()
    {
        using var directory = new TemporaryDirectory();
        var tls = WriteCertificate(directory);
        File.WriteAllText(directory.Combine("tls.key"), TestCertificate.Create().KeyPem);
        using var program = EdgeProxyProcess.Start(tls, "--demo");

        await AssertFailsAsync(program, $"server.tls.key_file: {directory.Combine("tls.key")} has no private key in PEM that belongs to the certificate");
    }

    [Fact]
    public async Task Serve_WrongPassword_ExitsWithoutSayingIt()
    {
        using var directory = new TemporaryDirectory();
        var tls = WriteCertificate(directory, "right");
        using var program = EdgeProxyProcess.Start([.. tls, ("SERVER_TLS_KEY_PASSWORD", "wr0ngword")], "--demo");

        var error = await AssertFailsAsync(program, "server.tls.key_password opens");
        Assert.DoesNotContain("wr0ngword", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-host.invalid")]
    [InlineData("192.0.2.1")] // an address that no machine has
    [InlineData("not a host")]
    public async Task Serve_HostThatIsNotHere_ExitsWithAPlainWord(string host)
    {
        using var program = EdgeProxyProcess.Start([], "--demo", "--host", host, "--port", "0");

        await AssertFailsAsync(program, $"Cannot listen on {host} port 0: ");
    }

    [Theory]
    [InlineData("--config", ": cannot be read: the file system did not answer within 10 s; if it is a pipe, no process has written to it")]
    [InlineData("--environment-document", " cannot be read: the file system did not answer within 10 s; if it is a pipe, no process has written to it")]
    public async Task Start_PipeThatNobodyWritesTo_ExitsWithAPlainWord(string option, string word)
    {
        using var directory = new TemporaryDirectory();
        var pipe = directory.Combine("pipe");
        await NamedPipe.CreateAsync(pipe);
        using var program = EdgeProxyProcess.Start([], option, pipe, "--port", "0");

        await AssertFailsAsync(program, $"{pipe}{word}");
    }

    private static async Task<string> AssertFailsAsync(EdgeProxyProcess program, string word)
    {
        var error = await program.ReadErrorAsync();
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains(word, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        return error;
    }

    private static (string Name, string Value)[] WriteCertificate(TemporaryDirectory directory, string? password = null)
    {
        var certificate = TestCertificate.Create(password);
        File.WriteAllText(directory.Combine("tls.crt"), certificate.CertificatePem);
        File.WriteAllText(directory.Combine("tls.key"), certificate.KeyPem);
        return [("SERVER_TLS_CERTIFICATE_FILE", directory.Combine("tls.crt")), ("SERVER_TLS_KEY_FILE", directory.Combine("tls.key"))];
    }
}
