namespace Unroll.Extensions.Tests;

/// <summary>Every output is the sum of the inputs times one number, the level: an answer of two versions of the weights shows at once.</summary>
[Network(4)]
[Dense(8, UseBias = false)]
public sealed partial class Level
{
    public static Level Of(float level)
    {
        var model = new Level(seed: 1);
        model.Parameters[0].Assign([.. Enumerable.Repeat(level, ParameterCount)]);
        return model;
    }

    /// <summary>Writes weights of a level, and sees to it that the file's time is another than before.</summary>
    public static void Save(string path, float level)
    {
        DateTime before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : DateTime.MinValue;
        Of(level).Save(path);
        if (File.GetLastWriteTimeUtc(path) <= before)
        {
            File.SetLastWriteTimeUtc(path, before.AddMilliseconds(1));
        }
    }
}

/// <summary>As large a sample, but other parameters.</summary>
[Network(4)]
[Dense(8)]
public sealed partial class OtherLevel;
