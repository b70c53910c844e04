/** Filters kept under a name: choose one, keep the present one, let one go. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popover, Select } from 'antd';
import { useState } from 'react';
import { api, ask, newKey, numbered } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Failure } from '../../parts/Failure.tsx';
import styles from './List.module.css';

const KEY = ['views', 'cases'] as const;

interface SavedViewsProps {
  readonly search: URLSearchParams;
  readonly apply: (query: string) => void;
}

export function SavedViews({ search, apply }: SavedViewsProps) {
  const may = useMay('view.save');
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => ask(api.GET('/api/views', { params: { query: { page: 'cases' } } })),
    enabled: may,
  });
  const changed = () => queries.invalidateQueries({ queryKey: KEY });
  const remove = useMutation({
    mutationFn: (id: string) =>
      ask(api.POST('/api/views/{id}/remove', { params: { path: { id }, ...numbered(newKey()) } })),
    onSuccess: changed,
  });
  if (!may) return null;
  const views = data?.views ?? [];
  const present = search.toString();
  const current = views.find(({ query }) => query === present);
  return (
    <div className={`${styles['views']} no-print`}>
      {views.length > 0 && (
        <Select
          size="small"
          aria-label="保存的视图"
          placeholder="保存的视图"
          className={styles['view'] ?? ''}
          value={current?.id ?? null}
          onChange={(id: string | null) => apply(views.find((view) => view.id === id)?.query ?? '')}
          options={views.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {current !== undefined && (
        <Button size="small" type="text" loading={remove.isPending} onClick={() => remove.mutate(current.id)}>
          删去「{current.name}」
        </Button>
      )}
      {current === undefined && present !== '' && <Keep query={present} changed={changed} />}
      {remove.error !== null && <Failure error={remove.error} />}
    </div>
  );
}

function Keep({ query, changed }: { readonly query: string; readonly changed: () => Promise<void> }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [key, setKey] = useState(newKey);
  const keep = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/views', { body: { page: 'cases', name: name.trim(), query }, params: numbered(key) })),
    onSuccess: async () => {
      setOpen(false);
      setName('');
      setKey(newKey());
      await changed();
    },
    onError: () => setKey(newKey()),
  });
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <form
          className={styles['keep']}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') keep.mutate();
          }}
        >
          <Input
            autoFocus
            aria-label="视图名称"
            placeholder="给这些条件取个名称"
            maxLength={40}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="primary" htmlType="submit" loading={keep.isPending}>
            保存视图
          </Button>
          {keep.error !== null && <Failure error={keep.error} />}
        </form>
      }
    >
      <Button size="small" type="text">
        保存为视图
      </Button>
    </Popover>
  );
}
