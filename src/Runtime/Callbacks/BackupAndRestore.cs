using Unroll.Arguments;
using Unroll.Fitting;
using Unroll.Serialization;

namespace Unroll;

/// <summary>Lets a training that was interrupted go on at the epoch it had reached, and end with the same bits as one that was not.</summary>
/// <remarks>
/// <para>Definition: <c>keras.callbacks.BackupAndRestore</c> (Keras 3). When training begins and after every epoch, once all callbacks have
/// seen its end, a file in the directory is replaced, atomically, by one with the parameters, the optimizer's state, iteration, learning
/// rate and moving average, the seed of shuffling and noise, the history so far, and what the other callbacks remember
/// (<see cref="Callback.CaptureState"/>). When <c>Fit</c> is called again, in this process or in
/// another, with a model of the same class, the same data and the same arguments, it starts from there; its own seed is then not used. The
/// epoch that was interrupted is run again from its beginning. A backup of another model, optimizer, loss, metrics, learning rate or data is
/// refused, and says what differs. When training ends, early or not, the file is deleted.</para>
/// <para><see cref="CsvLogger"/> goes on after the lines of the epochs in the backup. A sequence of batches must give the same batches again.
/// Each training needs a directory of its own.</para>
/// </remarks>
/// <example><code>
/// // Run the program again after a power cut: it goes on where it was.
/// model.Fit(train, epochs: 500, validation: valid, callbacks: [new BackupAndRestore("backup")]);
/// </code></example>
public sealed class BackupAndRestore : Callback
{
    private readonly string _directory;
    private readonly string _file;
    private readonly bool _deleteBackup;

    /// <summary>Chooses where the backup lies.</summary>
    /// <param name="directory">The directory; it is made if it is missing.</param>
    /// <param name="deleteBackup">Whether the backup is deleted when training ends. If it stays, the same call of <c>Fit</c> ends at once, and
    /// one with more epochs goes on.</param>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is empty.</exception>
    public BackupAndRestore(string directory, bool deleteBackup = true)
    {
        _directory = Require.NotEmpty(directory);
        _file = Path.Combine(directory, "training.safetensors");
        _deleteBackup = deleteBackup;
    }

    internal override bool IsExclusive => true;

    internal override string WrittenFile => _file;

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingContext context)
    {
        if (!_deleteBackup || !context.IsFirstRank)
        {
            return;
        }

        // What a link leads to is deleted, and the link stays for the next training; so does a link to the directory.
        File.Delete(SaveTarget.Of(_file).File);
        var directory = new DirectoryInfo(_directory);
        if (directory.Exists && directory.LinkTarget is null && !directory.EnumerateFileSystemInfos().Any())
        {
            directory.Delete();
        }
    }

    /// <exception cref="InvalidDataException">The backup is damaged or of another model, optimizer, loss, metrics, learning rate or data.</exception>
    internal override void Resume(TrainingContext context, FitProgress progress)
    {
        if (!context.IsFirstRank)
        {
            // Gets what the first has.
            return;
        }

        if (SaveTarget.Of(_file).Exists)
        {
            TrainingBackup.Restore(_file, context.State, progress);
        }
        else
        {
            // An interruption in the first epoch leaves parameters that were trained a little: they must become what they were.
            Secure(context, progress);
        }
    }

    internal override void Secure(TrainingContext context, FitProgress progress)
    {
        if (!context.IsFirstRank)
        {
            return;
        }

        Directory.CreateDirectory(_directory);
        TrainingBackup.Write(_file, context.State, progress);
    }
}
