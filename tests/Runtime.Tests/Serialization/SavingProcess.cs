using System.Diagnostics;
using System.Runtime.CompilerServices;
using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

/// <summary>This test program as a process that does nothing but save, until it is killed.</summary>
internal static class SavingProcess
{
    private const string Variable = "UNROLL_TEST_SAVE_FOREVER";
    private const int Count = 1 << 18;

    /// <summary>Starts it; it returns after the first save.</summary>
    public static Process Start(string path)
    {
        var info = new ProcessStartInfo("dotnet", ["exec", typeof(SavingProcess).Assembly.Location]) { RedirectStandardOutput = true };
        info.Environment[Variable] = path;
        Process process = Process.Start(info)!;
        Assert.Equal("saved", process.StandardOutput.ReadLine());
        return process;
    }

    /// <summary>The number of the save that a whole file is of; all its values are that number.</summary>
    public static float NumberOf(string path)
    {
        float[] values = SafetensorsBytes.Read(path).Single().Values.ToArray();
        Assert.Equal(Count, values.Length);
        Assert.Equal(-1, values.AsSpan().IndexOfAnyExcept(values[0]));
        return values[0];
    }

    [ModuleInitializer]
    internal static void SaveForever()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not string path)
        {
            return;
        }

        float first = File.Exists(path) ? NumberOf(path) : 0f;
        float[] values = new float[Count];
        for (float number = first + 1f; ; number++)
        {
            values.AsSpan().Fill(number);
            SafetensorsFile.Write(path, [new NamedTensor("x", [Count], values)]);
            if (number == first + 1f)
            {
                Console.WriteLine("saved");
            }
        }
    }
}
