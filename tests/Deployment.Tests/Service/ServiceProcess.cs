using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Service;

/// <summary>The published service as a process of its own, on a free port.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly byte[] s_request = Encoding.ASCII.GetBytes(
        "POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\nContent-Length: 3136\r\nConnection: close\r\n\r\n");

    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private readonly int _port = FreePort();
    private readonly long _start;

    public ServiceProcess(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = CommandLine.StartInfo(program, ["--urls", $"http://127.0.0.1:{_port}", .. arguments], folder);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _start = Stopwatch.GetTimestamp();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
    }

    public HttpClient Client { get; }

    public string Url => Client.BaseAddress!.ToString();

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Processor time so far, of all threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The largest working set so far, in bytes.</summary>
    public long PeakWorkingSet => 1024 * File.ReadLines($"/proc/{_process.Id}/status")
        .Where(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(static line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .Single();

    /// <summary>Asks until there is an answer.</summary>
    /// <returns>The time since the process was started.</returns>
    public TimeSpan WaitUntilItAnswers(TimeSpan limit)
    {
        while (Stopwatch.GetElapsedTime(_start) < limit)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The service ended with {_process.ExitCode}:\n{Output}");
            }

            if (TryAsk() is { } answer)
            {
                TimeSpan time = Stopwatch.GetElapsedTime(_start);
                Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
                return time;
            }

            Thread.Sleep(1);
        }

        throw new TimeoutException($"No answer in {limit}:\n{Output}");
    }

    /// <summary>Asks it to stop, as a container's engine does.</summary>
    public void Terminate() => CommandLine.Run(
        "kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)], Path.GetTempPath()).RequireSuccess();

    /// <returns>The exit code.</returns>
    public int WaitForExit(TimeSpan limit)
    {
        Assert.True(_process.WaitForExit(limit), $"The service did not stop in {limit}:\n{Output}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    // A socket: the client's own start must not count.
    private string? TryAsk()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, _port);
            socket.Send(s_request);
            socket.Send(new byte[3136]);
            byte[] answer = new byte[4096];
            int length = 0;
            for (int read; length < answer.Length && (read = socket.Receive(answer, length, answer.Length - length, SocketFlags.None)) > 0;)
            {
                length += read;
            }

            return length == 0 ? null : Encoding.UTF8.GetString(answer, 0, length);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
