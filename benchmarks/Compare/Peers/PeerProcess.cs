using System.Diagnostics;
using System.Globalization;

namespace Unroll.Benchmarks;

/// <summary>A peer's harness that stays, and answers a line with the microseconds it measured.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="program">The program to run.</param>
    /// <param name="threads">The threads its libraries may start.</param>
    /// <param name="arguments">Its command line.</param>
    /// <exception cref="PeerException">It does not run.</exception>
    public PeerProcess(string program, int threads, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = threads.ToString(CultureInfo.InvariantCulture);
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PeerException(exception.Message);
        }

        Version = ReadLine();
    }

    /// <summary>Name and version.</summary>
    public string Version { get; }

    public int Id => _process.Id;

    /// <summary>What all its threads have used of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <exception cref="PeerException">The peer could not do it.</exception>
    public double Ask(string kind, string shape, int batch, double amount)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind} {shape} {batch} {amount}"));
        _process.StandardInput.Flush();
        string answer = ReadLine();
        return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out double microseconds)
            ? microseconds
            : throw new PeerException($"{Version} answered '{answer}'.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine()
        ?? throw new PeerException($"{Path.GetFileName(_process.StartInfo.FileName)} ended without an answer.");
}
